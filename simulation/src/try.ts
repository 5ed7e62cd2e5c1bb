import { seededRandom } from "@tessera/chaos/random";
import { enrolTablet } from "@tessera/core/testing";
import { openCore, seededBytes } from "./stage/context.ts";
import { startDatabase } from "./stage/database.ts";
import { issueTickets } from "./stage/tickets.ts";
import { openVenue } from "./stage/venue.ts";
import { openDoor } from "./tablets/transport.ts";
import { codeOf } from "./world/showings.ts";

const t = (l: string) => console.log(l, (performance.now() / 1000).toFixed(1));
const database = await startDatabase();
t("db");
const startMs = Date.parse("2028-07-20T14:00:00Z");
const bytes = seededBytes(1, 1);
const ctx = openCore({ db: database.db, random: bytes, nowMs: () => startMs });
const venue = await openVenue(ctx, database.ownerDb, {
  startMs,
  capacity: 200000,
  policy: { reentry: "never", offlineAdmission: "any", maxListAgeSeconds: 3600, listTooOld: "check" },
});
t("venue");
const tickets = await issueTickets(ctx, database.ownerDb, venue, { count: 3000, random: seededRandom(1), bytes });
t("tickets " + tickets.length);
const tab = await enrolTablet(ctx, { gateId: venue.gates[0]!.id, competitionSessionIds: [venue.competitionSessionId] });
const door = openDoor(ctx, tab.scanner.scannerId);
const part = await door.listPart({
  competitionSessionId: venue.competitionSessionId,
  cursor: null,
  after: null,
  above: 0,
});
t("list " + part.body.length);
let n = 0;
for (const x of tickets.slice(0, 300)) {
  const code = await codeOf(x, startMs);
  const a = await door.ask({
    number: ++n,
    shiftId: tab.shift.id,
    at: new Date(startMs).toISOString(),
    competitionSessionId: venue.competitionSessionId,
    gateId: venue.gates[0]!.id,
    direction: "in",
    means: "camera",
    code,
    ticketId: null,
  });
  if (n < 8) console.log(a.outcome, a.reason, x.zone, x.party.device === null);
}
t("300 asks");
await database.drop();
