import { seededRandom } from "@tessera/chaos/random";
import type { GatePolicySettings } from "@tessera/contracts";
import { readGateCounts, revokeScanner } from "@tessera/core";
import { checkCopies } from "./checks/copies.ts";
import { checkCounts, type Liar } from "./checks/counts.ts";
import type { Finding } from "./checks/finding.ts";
import { checkIncidents } from "./checks/incidents.ts";
import { checkConfirmed, checkRefusals } from "./checks/people.ts";
import { readIncidents, readScans, rowsOf } from "./checks/rows.ts";
import { withoutGuard, type Guard } from "./guards.ts";
import { type Row, rowOf } from "./report.ts";
import { openCore, seededBytes } from "./stage/context.ts";
import type { RunDatabase } from "./stage/database.ts";
import { issueTickets } from "./stage/tickets.ts";
import { openVenue } from "./stage/venue.ts";
import { enrolFleet } from "./tablets/fleet.ts";
import { hirePeople } from "./tablets/office.ts";
import type { SimulatedTablet } from "./tablets/tablet.ts";
import { openDoor } from "./tablets/transport.ts";
import { countCryptography, countWork } from "./time/real-work.ts";
import { VirtualTime } from "./time/virtual-time.ts";
import { Changes } from "./world/changes.ts";
import { planDay } from "./world/day.ts";
import { planDisruptions } from "./world/disruptions.ts";
import { Gates } from "./world/gates.ts";
import { Thief } from "./world/thief.ts";
import { Truth } from "./world/truth.ts";

export type RunSettings = {
  readonly seed: number;
  /** About so many. */
  readonly scans: number;
  readonly tablets: number;
  /** What is taken out, to see that the checks find it. */
  readonly without: Guard | null;
};

export type RunResult = { readonly row: Row; readonly findings: readonly Finding[] };

const startMs = Date.parse("2028-07-20T14:00:00Z");
const minuteMs = 60_000;
/** One person at a tablet takes so long, with everything. */
const msAScan = 2600;
/** How many scans a ticket is good for: copies, exits, second tries. */
const scansATicket = 1.25;
/** The last uploads, and the last lists. */
const settleMs = 2 * minuteMs;

/** One evening at the gates, and what was wrong with it in the end. The same settings give the same evening. */
export async function simulate(
  { seed, scans, tablets: count, without }: RunSettings,
  database: RunDatabase,
): Promise<RunResult> {
  countCryptography();
  const random = seededRandom(seed, 1);
  const bytes = seededBytes(seed, 2);
  const time = new VirtualTime(startMs);
  const { ownerDb } = database;
  const ctx = openCore({ db: database.db, random: bytes, nowMs: () => time.nowMs });
  const policy: GatePolicySettings = {
    reentry: random.pick(["never", "after_exit"]),
    offlineAdmission: random.pick(["any", "any", "home_gate"]),
    maxListAgeSeconds: random.pick([600, 1800, 7200]),
    listTooOld: "check",
  };
  const ticketCount = Math.ceil(scans / scansATicket);
  const venue = await openVenue(ctx, ownerDb, { startMs, policy, capacity: ticketCount + 1000 });
  const tickets = await issueTickets(ctx, ownerDb, venue, { count: ticketCount, random, bytes });
  const people = await hirePeople(ctx);
  const guard = withoutGuard(without);
  const lastsMs = (scans / count) * msAScan;
  const repeatedWithinMs = Math.min(10 * minuteMs, lastsMs / 2);
  const triesAgainMs = Math.min(5 * minuteMs, lastsMs / 4);
  const faults = { lost: 0.01 + random.next() * 0.04, repeated: 0.03, repeatedWithinMs, slow: 0.03 };
  const fleet = { ctx, venue, time, people, seed, random, count, faults, tamper: guard.store };
  const tablets = await enrolFleet(fleet);
  await guard.database(ownerDb);

  const truth = new Truth();
  const fromMs = time.nowMs + minuteMs;
  const gates = new Gates(tablets, { time, random, truth, venue, staysMs: lastsMs / 4, triesAgainMs });
  tablets.forEach((tablet, index) => tablet.whenReady(() => gates.stewards[index]?.wake()));
  const changes = new Changes({ ctx, ownerDb, time, truth, admin: people.admin });
  planDay(tickets, { time, random, bytes, venue, gates, changes, fromMs, lastsMs });
  const disrupted = planDisruptions(time, tablets, { random, fromMs, lastsMs });
  const theft = planTheft();

  await time.runUntil(fromMs + lastsMs);
  for (let rounds = 0; rounds < 600 && !gates.areEmpty; rounds += 1) await time.runUntil(time.nowMs + minuteMs);
  await drain();
  const findings = await check();
  return {
    row: rowOf(seed, policy, truth, findings.all, { ...disrupted, ...summary(), ...findings.counted }),
    findings: findings.all,
  };

  /** One tablet is stolen while it has nothing to tell, lies for a while, and is revoked. */
  function planTheft(): { liar: Liar | null; thief: Thief | null } {
    const stolen: { liar: Liar | null; thief: Thief | null } = { liar: null, thief: null };
    const victim = random.pick(tablets);
    const steal = (): void => {
      const steward = gates.stewards.find(({ tablet }) => tablet === victim);
      if (!victim.isReady || !victim.isOnline || victim.queued !== 0 || steward?.queued !== 0) {
        time.after(1000, steal);
        return;
      }
      const scannerId = victim.id;
      const loot = { scannerId, gateId: victim.gateId, ...victim.steal() };
      const captured = truth.attempts.flatMap(({ tabletId, code, atMs }) =>
        tabletId === scannerId ? [{ code, atMs }] : [],
      );
      gates.lose(scannerId);
      const thief = new Thief(
        { ...loot, captured },
        { venue, tickets, random: seededRandom(seed, 3), door: openDoor(ctx, scannerId), nowMs: () => time.nowMs },
      );
      stolen.liar = { scannerId, fromNumber: loot.nextNumber };
      stolen.thief = thief;
      for (let lie = 1; lie <= 60; lie += 1) time.after(lie * (lastsMs / 150), () => void countWork(thief.lie()));
      time.after(lastsMs / 3, () => void countWork(revokeScanner(ctx, people.admin, { scannerId })));
    };
    time.at(fromMs + lastsMs * (0.2 + random.next() * 0.4), steal);
    return stolen;
  }

  /** Everything is connected again, and everybody has told and heard everything. */
  async function drain(): Promise<void> {
    for (const { link } of tablets) link.heal();
    for (const tablet of tablets) tablet.keepAlive();
    // Whatever is late on the network has come by then, and whoever tries again.
    await time.runUntil(time.nowMs + repeatedWithinMs + 4 * triesAgainMs);
    // Whoever waited at a gate whose tablets were all dead.
    for (let rounds = 0; rounds < 60 && !gates.areEmpty; rounds += 1) await time.runUntil(time.nowMs + minuteMs);
    await time.runUntil(time.nowMs + settleMs);
  }

  async function check() {
    const { liar, thief } = theft;
    const honest = tablets.filter(({ id }) => id !== liar?.scannerId);
    const kept = await readScans(database.ownerDb);
    const incidents = await readIncidents(database.ownerDb);
    const counts = await readGateCounts(ctx, { competitionSessionId: venue.competitionSessionId });
    const counted = checkCounts(truth.seen, kept, counts, liar);
    const refused = checkRefusals(truth, policy);
    const blurred = new Set(kept.flatMap((scan) => (scan.blurred && scan.through ? (scan.ticket_id ?? []) : [])));
    const wrongClocks = new Set(tablets.map(({ id }) => id));
    const all: Finding[] = [
      ...(await checkCopies(ctx, venue.competitionSessionId, honest)),
      ...counted.findings,
      ...refused.findings,
      ...checkIncidents(incidents, { truth, reentry: policy.reentry, liar, blurred, wrongClocks }),
      ...checkConfirmed(truth),
      ...(thief?.admitted ?? []).map((what): Finding => ({ kind: "let_in", what: `the thief was told yes: ${what}` })),
      ...surprises(honest),
    ];
    const open = incidents.filter(({ state }) => state === "open").length;
    const explained = all.map((finding): Finding => {
      const { ticketId } = finding;
      if (ticketId === undefined || ticketId === null) return finding;
      return { ...finding, what: finding.what + truth.storyOf(ticketId) + rowsOf(kept, ticketId) };
    });
    return { all: explained, counted: { lies: counted.lies, sent_home: refused.sentHome, incidents: open } };
  }

  function surprises(honest: readonly SimulatedTablet[]): Finding[] {
    const surprise = (what: string): Finding => ({ kind: "surprise", what });
    return [
      ...(gates.areEmpty ? [] : [surprise("people still wait at a gate")]),
      ...honest.flatMap((tablet) => [
        ...(tablet.queued === 0 ? [] : [surprise(`tablet ${tablet.id} still has ${tablet.queued ?? "?"} records`)]),
        ...(tablet.refused === 0
          ? []
          : [surprise(`tablet ${tablet.id} has ${tablet.refused} records that were refused`)]),
      ]),
    ];
  }

  function summary() {
    const sum = (of: (tablet: SimulatedTablet) => number): number => tablets.reduce((total, one) => total + of(one), 0);
    return {
      deaths: sum(({ deaths }) => deaths),
      clocks_corrected: sum(({ clocksCorrected }) => clocksCorrected),
      lies_told: theft.thief?.lies ?? 0,
      virtual_minutes: Math.round((time.nowMs - startMs) / minuteMs),
    };
  }
}
