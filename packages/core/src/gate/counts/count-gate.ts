import type { Facts, gateCounts } from "@tessera/contracts";
import type { CoreContext } from "../../context.ts";
import { CodedError } from "../../errors.ts";
import { selectCompetitionSession, selectGates } from "../gate.queries.ts";
import { toGate } from "../gate.ts";
import {
  countFurtherEntries,
  countGoodTickets,
  countOpenIncidents,
  selectScanCounts,
  selectTabletCounts,
  selectZoneCounts,
} from "./gate-counts.queries.ts";

const minuteMs = 60_000;

/**
 * How many are where, as far as the server has heard, all of one moment. People are counted, not tickets: a ticket that two
 * cut-off tablets let in is two people inside, and who went in without a ticket of ours is one, of no zone. Throws
 * `not_found`.
 */
export async function countGate(
  ctx: Pick<CoreContext, "db" | "clock">,
  competitionSessionId: string,
): Promise<Facts<typeof gateCounts>> {
  const at = ctx.clock();
  const since = new Date(at.getTime() - minuteMs);
  return ctx.db
    .transaction()
    .setIsolationLevel("repeatable read")
    .setAccessMode("read only")
    .execute(async (trx) => {
      const session = await selectCompetitionSession(trx, competitionSessionId);
      if (session === undefined) throw new CodedError("not_found");
      const gateRows = await selectGates(trx, session.venue_id);
      const scanned = await selectScanCounts(trx, competitionSessionId, { since });
      const ofZones = await selectZoneCounts(trx, competitionSessionId);
      const further = await countFurtherEntries(trx, competitionSessionId);
      const tickets = await countGoodTickets(trx, competitionSessionId);
      const { tablets, in_contact, missing } = await selectTabletCounts(trx, competitionSessionId, { since });
      const openIncidents = await countOpenIncidents(trx, competitionSessionId);

      const gates = gateRows.map((row) => {
        const own = scanned.find(({ gate_id }) => gate_id === row.gate_id);
        const { entries, exits, refusals, last_minute } = own ?? nothing;
        return { gate: toGate(row), ...inside(entries, exits), refusals, scansLastMinute: last_minute };
      });
      const numbers = new Set([...gateRows.flatMap((row) => row.zones), ...ofZones.map(({ zone }) => zone)]);
      const zones = [...numbers]
        .toSorted((a, b) => a - b)
        .map((zone) => {
          const { entries, exits } = ofZones.find((row) => row.zone === zone) ?? nothing;
          return { zone, ...inside(entries, exits) };
        });
      const entries = sumOf(scanned, "entries");
      const withTicket = sumOf(ofZones, "entries");
      return {
        competitionSessionId,
        at,
        ...inside(entries, sumOf(scanned, "exits")),
        ticketsIn: withTicket - further,
        tickets,
        checks: sumOf(scanned, "checks"),
        refusals: sumOf(scanned, "refusals"),
        // A passage stands for each entry that counts for a ticket.
        withoutTicket: entries - withTicket,
        byHand: sumOf(ofZones, "by_hand"),
        zones,
        gates,
        openIncidents,
        missingRecords: missing,
        tablets,
        tabletsInContact: in_contact,
      };
    });
}

const nothing = { entries: 0, exits: 0, refusals: 0, last_minute: 0 };

const inside = (entries: number, exits: number) => ({ inside: entries - exits, entries, exits });

function sumOf<Key extends string>(rows: readonly Readonly<Record<Key, number>>[], key: Key): number {
  return rows.reduce((sum, row) => sum + row[key], 0);
}
