import { openCrew } from "./crew.ts";
import { readIdentity } from "./identity.ts";
import { openJournal } from "./journal.ts";
import { readClockOffset } from "./kept-clock.ts";
import { openListTrust } from "./list-trust.ts";
import type { TabletOptions } from "./tablet-state.ts";
import { Tablet } from "./tablet.ts";

/** Opens the tablet that this device is, or may become. Throws where the store cannot be read. */
export async function openTablet(options: TabletOptions): Promise<Tablet> {
  const { store } = options;
  const [trust, identity, crew, journal, offsetMs] = await Promise.all([
    openListTrust(store),
    readIdentity(store),
    openCrew(store),
    openJournal(store),
    readClockOffset(store),
  ]);
  return new Tablet(options, { trust, identity, crew, journal, offsetMs });
}
