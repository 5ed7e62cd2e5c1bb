import { type Random, seededRandom } from "@tessera/chaos/random";
import type { CoreContext } from "@tessera/core";
import type { Store } from "@tessera/scanner-core";
import type { Venue } from "../stage/venue.ts";
import { makeTabletClock } from "../time/device-clock.ts";
import { countWork } from "../time/real-work.ts";
import type { VirtualTime } from "../time/virtual-time.ts";
import { Disk } from "./disk.ts";
import { Link, type LinkFaults } from "./link.ts";
import { invite, openOffice, type People } from "./office.ts";
import { SimulatedTablet } from "./tablet.ts";
import { createTransport, openDoor } from "./transport.ts";

const tenMinutesMs = 600_000;

export type FleetOptions = {
  readonly ctx: CoreContext;
  readonly venue: Venue;
  readonly time: VirtualTime;
  readonly people: People;
  readonly seed: number;
  readonly random: Random;
  readonly count: number;
  readonly faults: LinkFaults;
  readonly tamper: (store: Store) => Store;
};

/** All tablets of a venue, enrolled one after the other, each with a clock and a network of its own. */
export async function enrolFleet(options: FleetOptions): Promise<SimulatedTablet[]> {
  const { venue, count, time } = options;
  const tablets: SimulatedTablet[] = [];
  for (let index = 0; index < count; index += 1) {
    const gateId = venue.gates[index % venue.gates.length]?.id ?? "";
    const { tablet, enrolled } = await makeTablet(options, index, gateId);
    const progress = { isDone: false };
    const finish = (): void => {
      progress.isDone = true;
    };
    enrolled.then(finish, finish);
    while (!progress.isDone) await time.runUntil(time.nowMs + 1000);
    await enrolled;
    tablets.push(tablet);
  }
  return tablets;
}

async function makeTablet(options: FleetOptions, index: number, gateId: string) {
  const { ctx, venue, time, people, seed, random, faults, tamper } = options;
  const { scannerId, ...invitation } = await invite(ctx, people, venue, gateId, `Tablette ${index + 1}`);
  const own = (purpose: number): Random => seededRandom(seed, index, purpose);
  const link = new Link(time, own(1), faults);
  const roles = ["supervisor", "staff"] as const;
  let begun = 0;
  const office = openOffice(ctx, people, scannerId, () => roles[begun++ % 2] ?? "staff");
  const tablet = new SimulatedTablet({
    id: scannerId,
    gate: { ...gateOf(venue, gateId), name: "" },
    competitionSessionId: venue.competitionSessionId,
    time,
    random: own(2),
    disk: new Disk(time, own(3)),
    link,
    deviceClock: makeTabletClock(time, {
      offsetMs: random.chance(0.6) ? (random.next() * 2 - 1) * tenMinutesMs : 0,
      drift: (random.next() * 2 - 1) * 0.0001,
    }),
    transport: createTransport(openDoor(ctx, scannerId), link, own(4)),
    office: {
      claim: (input) => countWork(office.claim(input)),
      beginShift: () => countWork(office.beginShift()),
      endShift: (input) => countWork(office.endShift(input)),
    },
    tamper,
  });
  const enrolled = tablet.enrol({ ...invitation, confirm: () => countWork(invitation.confirm()) });
  return { tablet, enrolled };
}

function gateOf({ gates }: Venue, gateId: string) {
  const gate = gates.find(({ id }) => id === gateId);
  if (gate === undefined) throw new Error("no such gate");
  return { id: gate.id, code: gate.code };
}
