import type { ClaimedScanner, ScannerReport, ScannerStanding, Shift, SignedRecord } from "@tessera/contracts";
import { openTablet } from "../open-tablet.ts";
import type { Store } from "../ports.ts";
import { createFakeClock } from "./fake-clock.ts";
import { competitionSessionId, createListServer, gates } from "./list-server.ts";

export const startMs = Date.UTC(2028, 6, 15, 8);
export const hourMs = 3_600_000;
export const pin = "274913";
export const scannerId = "01990b5a-7c00-7abc-8def-0000000005ca";
const noNetwork = () => Promise.reject(new Error("no network"));

/** A server that a tablet is enrolled with, and a device that it runs on, whose wall clock is wrong. */
export function createOffice(wallOffMs = 0) {
  const clock = createFakeClock(startMs + wallOffMs);
  const lists = createListServer(() => clock.wallMs() - wallOffMs);
  for (let ticket = 0; ticket < 3; ticket += 1) lists.change(ticket);
  const [gate] = gates;
  const office = {
    clock,
    lists,
    online: true,
    state: "claimed" as ScannerStanding["state"],
    /** What was asked. */
    claims: [] as { code: string; publicKey: string; signature: string }[],
    reports: [] as (ScannerReport | null)[],
    ended: [] as string[],
    uploaded: [] as SignedRecord[],
    /** The next claims whose answers are lost. */
    lost: 0,
    /** Never answers the end of a shift. */
    hangs: false,
    shifts: 0,
    claimed: (): ClaimedScanner => ({ scannerId, ...lists.pinned }),
    nowMs: () => clock.wallMs() - wallOffMs,
    start: async (store: Store) => {
      const tablet = await openTablet({
        store,
        clock,
        device: () => ({ battery: 0.5, charging: false, appVersion: "test" }),
        transport: {
          ask: noNetwork,
          listPart: async (input) => (office.online && office.state === "enrolled" ? lists.answer(input) : noNetwork()),
          upload: async ({ records }) => {
            if (!office.online || office.state !== "enrolled") return noNetwork();
            office.uploaded.push(...records);
            return {
              taken: records.map(({ body }) => Number(Reflect.get(Object(JSON.parse(body)), "number"))),
              refused: [],
            };
          },
          checkIn: async ({ report }) => {
            if (!office.online) return noNetwork();
            office.reports.push(report);
            const now = new Date(office.nowMs()).toISOString();
            const competitionSessions = [lists.headNow().competitionSession];
            return { state: office.state, name: "Gate A, 1", gate, competitionSessions, now };
          },
        },
        office: {
          claim: async (input) => {
            office.claims.push(input);
            office.lost -= 1;
            return office.lost >= 0 ? noNetwork() : office.claimed();
          },
          beginShift: async () => (office.online ? office.newShift() : noNetwork()),
          endShift: async ({ shiftId }) => {
            if (office.hangs) return new Promise(() => {});
            if (!office.online) return noNetwork();
            office.ended.push(shiftId);
            return null;
          },
        },
      });
      tablet.start();
      return tablet;
    },
    newShift: (): Shift => {
      office.shifts += 1;
      return {
        id: `shift ${office.shifts}`,
        accountId: `account ${office.shifts}`,
        displayName: `Person ${office.shifts}`,
        role: "staff",
        beganAt: new Date(office.nowMs()).toISOString(),
        endsAt: new Date(office.nowMs() + 12 * hourMs).toISOString(),
        overrides: 0,
      };
    },
    /** Enrolled, with somebody at work, and a list. */
    enrol: async (store: Store) => {
      const tablet = await office.start(store);
      await tablet.claim("ABCDE FGHJK");
      office.state = "enrolled";
      await tablet.checkIn();
      await tablet.begin(pin);
      const keeper = await tablet.openList(competitionSessionId);
      await keeper.refresh();
      return tablet;
    },
  };
  return office;
}
