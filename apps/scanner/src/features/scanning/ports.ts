import type { DeviceClock, ListTrust, Tally } from "@tessera/scanner-core";
import { remember, remembered } from "../../shared/remembered.ts";

/** This device's clocks. */
export const deviceClock: DeviceClock = {
  monotonicMs: () => performance.now(),
  wallMs: () => Date.now(),
  after: (ms, callback) => {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};

/** The count of one competition session, kept on this device. */
export function tallyOf(competitionSessionId: string): Tally {
  const key = `admitted.${competitionSessionId}`;
  return {
    read: () => Number.parseInt(remembered(key) ?? "0", 10) || 0,
    write: (admitted) => remember(key, String(admitted)),
  };
}

const listTrustKey = "list-trust";
/** Where storage is forbidden, what is trusted lasts as long as the page. */
let unkept: string | null = null;

/** Whose lists this device takes, and how far it has got in them. */
export const listTrust: ListTrust = {
  read: () => remembered(listTrustKey) ?? unkept,
  write: (text) => {
    unkept = text;
    remember(listTrustKey, text);
  },
};
