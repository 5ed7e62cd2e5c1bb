import { type DeviceClock, openTablet, type Store, type Tablet } from "@tessera/scanner-core";
import type { TabletApp } from "../../shared/tablet.ts";
import { appVersion, keepStorage, watchBattery } from "./device.ts";
import { openTransport } from "./transport.ts";

/** This device's clocks. */
const deviceClock: DeviceClock = {
  monotonicMs: () => performance.now(),
  wallMs: () => Date.now(),
  after: (ms, callback) => {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};

/** The tablet that this device is, or may become. Throws where the store cannot be read. */
export async function openTabletApp(store: Store): Promise<TabletApp> {
  void keepStorage();
  const battery = watchBattery();
  const version = appVersion();
  let core: Tablet | null = null;
  const transport = openTransport(() => {
    const signer = core?.signer() ?? null;
    return signer && core && { ...signer, now: core.nowMs };
  });
  const tablet = await openTablet({
    store,
    clock: deviceClock,
    ...transport,
    device: () => ({ ...battery(), appVersion: version }),
  });
  core = tablet;
  tablet.start();
  return {
    core: tablet,
    subscribe: tablet.subscribe,
    state: tablet.state,
    nowMs: tablet.nowMs,
    gatesOf: (competitionSessionId) => tablet.gatesOf(competitionSessionId),
    claim: (code) => tablet.claim(code),
    forget: async () => {
      await tablet.forget();
      // What is in memory was the old tablet's: the new one begins with nothing.
      location.reload();
    },
    begin: (pin) => tablet.begin(pin),
    unlock: (shiftId, pin) => tablet.unlock(shiftId, pin),
    lock: () => tablet.lock(),
    endShift: (shiftId) => tablet.endShift(shiftId),
  };
}
