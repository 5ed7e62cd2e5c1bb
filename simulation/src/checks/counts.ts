import type { GateCounts } from "@tessera/contracts";
import type { Seen } from "../world/ticket.ts";
import type { Finding } from "./finding.ts";
import type { ScanRow } from "./rows.ts";

/** The tablet that was stolen, and from which number on it lies. */
export type Liar = { readonly scannerId: string; readonly fromNumber: number };

type Counts = Pick<GateCounts, "entries" | "exits" | "inside" | "zones" | "gates" | "missingRecords">;

/**
 * Whether the server counts each person who went through once, at their gate and in their zone, and nobody else but whom the
 * stolen tablet made up; and that none of those counts for a ticket as if its code had proved it.
 */
export function checkCounts(
  seen: readonly Seen[],
  scans: readonly ScanRow[],
  counts: Counts,
  liar: Liar | null,
): { findings: Finding[]; lies: number } {
  const isLie = ({ scanner_id, number }: ScanRow): boolean =>
    liar !== null && scanner_id === liar.scannerId && number >= liar.fromNumber;
  const lies = scans.filter((scan) => isLie(scan) && scan.through);
  const findings = [
    ...eachOnce(
      seen,
      scans.filter((scan) => !isLie(scan)),
    ),
    ...lies
      .filter(({ by_hand }) => by_hand === false)
      .map((lie): Finding => wrong(`a lie of the stolen tablet counts as proved: ${describe(lie)}`)),
    ...sums(seen, lies, counts),
  ];
  return { findings, lies: lies.length };
}

function eachOnce(seen: readonly Seen[], scans: readonly ScanRow[]): Finding[] {
  const counted = new Map(scans.filter(({ through }) => through).map((scan) => [keyOf(scan.scanner_id, scan), scan]));
  const findings: Finding[] = [];
  for (const one of seen) {
    const key = keyOf(one.tabletId, one);
    const scan = counted.get(key);
    if (scan === undefined) findings.push(wrong(`went ${one.direction} and is not counted: ${tell(one)}`));
    else if (scan.direction !== one.direction) findings.push(wrong(`is counted the other way: ${tell(one)}`));
    counted.delete(key);
  }
  for (const scan of counted.values()) findings.push(wrong(`is counted and went nowhere: ${describe(scan)}`));
  return findings;
}

const keyOf = (scannerId: string, { number }: { number: number }): string => `${scannerId} ${number}`;

function sums(seen: readonly Seen[], lies: readonly ScanRow[], counts: Counts): Finding[] {
  const findings: Finding[] = [];
  const expect = (what: string, counted: number, there: number): void => {
    if (counted !== there) findings.push(wrong(`${what}: counted ${counted}, and there were ${there}`));
  };
  const went = (direction: "in" | "out", where: (one: Seen) => boolean, lied: (lie: ScanRow) => boolean): number =>
    seen.filter((one) => one.direction === direction && where(one)).length +
    lies.filter((lie) => lie.direction === direction && lied(lie)).length;
  const everywhere = () => true;
  const entries = went("in", everywhere, everywhere);
  const exits = went("out", everywhere, everywhere);
  expect("entries", counts.entries, entries);
  expect("exits", counts.exits, exits);
  expect("inside", counts.inside, entries - exits);
  for (const { gate, entries: through, exits: out } of counts.gates) {
    const [here, liedHere] = [(one: Seen) => one.gateId === gate.id, (lie: ScanRow) => lie.gate_id === gate.id];
    expect(`entries at gate ${gate.code}`, through, went("in", here, liedHere));
    expect(`exits at gate ${gate.code}`, out, went("out", here, liedHere));
  }
  for (const { zone, entries: through, exits: out } of counts.zones) {
    const here = ({ visitor }: Seen) => visitor.ticket?.zone === zone;
    const liedHere = (lie: ScanRow) => lie.zone === zone;
    expect(`entries to zone ${zone}`, through, went("in", here, liedHere));
    expect(`exits from zone ${zone}`, out, went("out", here, liedHere));
  }
  expect("records that tablets still have", counts.missingRecords, 0);
  return findings;
}

const wrong = (what: string): Finding => ({ kind: "counts", what });
const tell = ({ visitor, tabletId, number, atMs, by }: Seen): string =>
  `${visitor.showing.what} of ${visitor.ticket?.ticketId ?? "no ticket"} by ${by} at tablet ${tabletId} ${number}, ${new Date(atMs).toISOString()}`;
const describe = ({ scanner_id, number, direction, ticket_id, finding, by_hand }: ScanRow): string =>
  `${direction} with ${ticket_id ?? "no ticket"} (${finding ?? "not looked at"}, ${by_hand === null ? "no passage" : by_hand ? "by hand" : "proved"}) at tablet ${scanner_id} ${number}`;
