import type { TabletRecord } from "@tessera/contracts";
import { claimOf, makeTabletKey, signRecord } from "@tessera/core/testing";
import type { World } from "./visitor-story.ts";

type Browser = ReturnType<World["open"]>;

/** Those who work at the gate, and what they need of the rest of the story. */
type Crew = {
  /** Signed in to the dashboard. */
  supervisor: Browser;
  admin: Browser;
  /** Makes somebody sign in on a tablet with both factors. */
  signIn: (tablet: Browser) => Promise<void>;
  /** Of a ticket, as its holder shows it. */
  code: string;
};

/** A tablet from its invitation to its end, with everything that is done with it, and what supervisors see meanwhile. */
export async function liveAtTheGate(world: World, crew: Crew): Promise<void> {
  const { scanners } = crew.supervisor.api.admin;
  const [venue] = await scanners.choices();
  const competitionSessionId = venue?.competitionSessions[0]?.id ?? "";
  const gateId = venue?.gates[0]?.id ?? "";
  const assignment = { name: "Porte A, tablette 1", gateId, competitionSessionIds: [competitionSessionId] };
  const { scannerId: unwanted } = await scanners.invite(assignment);
  await scanners.refuse({ scannerId: unwanted });

  const { code, scannerId } = await scanners.invite(assignment);
  const key = makeTabletKey();
  const tablet = world.open("scanner", () => scannerId);
  await tablet.api.validation.scanners.claim(await claimOf(code, key));
  await scanners.list();
  await scanners.confirm({ scannerId });
  await scanners.assign({ scannerId, ...assignment, name: "Porte A, tablette 2" });
  const report = { listMadeAt: null, queued: 1, battery: 0.8, charging: true, appVersion: "1", clockOffsetMs: 0 };
  await tablet.api.validation.scanners.checkIn({ report });

  await crew.signIn(tablet);
  const { id: shiftId } = await tablet.api.validation.shifts.begin();
  const { gate } = tablet.api.validation;
  await gate.listPart({ competitionSessionId, cursor: null, after: null, above: 0 });
  const question = {
    number: 1,
    shiftId,
    at: world.ctx.clock().toISOString(),
    competitionSessionId,
    gateId,
    direction: "in",
    means: "camera",
    code: crew.code,
    ticketId: null,
  } as const;
  const { outcome, reason } = await gate.ask(question);
  const scan = { kind: "scan", ...question, outcome, reason, shown: outcome, confirmed: true, listNumber: 1 } as const;
  const sure = { cutOff: false, clockInDoubt: false };
  const strange = { number: 2, code: "TSR1:", outcome: "refuse", reason: "malformed", shown: "refuse" } as const;
  const records: TabletRecord[] = [
    { ...scan, ...sure },
    // Let in against what the screen said, without a ticket: something to look at.
    { ...scan, ...sure, ...strange },
    { kind: "decision", number: 3, shiftId, at: question.at, scan: 2, admit: true, override: false, note: "A guest" },
  ];
  const { sign } = key;
  const signed = await Promise.all(records.map((record) => signRecord({ scannerId, sign }, record)));
  await gate.upload({ records: signed });
  await lookOn(crew, competitionSessionId);
  await tablet.api.validation.shifts.end({ shiftId });
  await scanners.revoke({ scannerId });
}

async function lookOn({ supervisor, admin }: Crew, competitionSessionId: string): Promise<void> {
  const { gate } = supervisor.api.admin;
  await gate.competitionSessions();
  const { isDefault: _, ...policy } = await gate.policy({ competitionSessionId });
  await admin.api.admin.gate.changePolicy({ competitionSessionId, ...policy });
  await gate.counts({ competitionSessionId });
  const live = await gate.live({ competitionSessionId });
  const events = live[Symbol.asyncIterator]();
  await events.next();
  await events.return?.();
  const { incidents } = await gate.incidents({ competitionSessionId, state: null, before: null });
  const incidentId = incidents[0]?.id ?? "";
  await gate.incident({ incidentId });
  await gate.closeIncident({ incidentId, note: "A guest of the house" });
}
