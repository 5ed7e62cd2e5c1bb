import type { CompetitionSessionSummary, Gate, ScannerReport, Shift } from "@tessera/contracts";
import type { Member } from "./crew.ts";
import type { Identity } from "./identity.ts";
import type { DeviceClock, Office, Store, Transport } from "./ports.ts";
import type { ServerClock } from "./server-clock.ts";

/** Somebody who works with the tablet. `mustSignIn`: the PIN was tried too often, and opens nothing any more. */
export type Person = Pick<Shift, "displayName" | "role" | "endsAt"> & {
  readonly shiftId: string;
  readonly mustSignIn: boolean;
};

/** A tablet that two people have compared and confirmed. */
export type EnrolledState = {
  readonly phase: "enrolled";
  readonly name: string;
  readonly gate: Gate;
  readonly competitionSessions: readonly CompetitionSessionSummary[];
  /** Whose shifts are open. */
  readonly people: readonly Person[];
  /** Who works with it now; null while it is locked. */
  readonly unlocked: Person | null;
  /** Whose shift has just ended by time, where nobody is at work any more. */
  readonly ended: Pick<Person, "displayName" | "endsAt"> | null;
  readonly connected: boolean;
  /** Records that only this tablet has. */
  readonly queued: number;
};

/** What has become of this device. */
export type TabletState =
  /** No tablet. `outcome`: what became of the code before, if it came to nothing. */
  | { readonly phase: "new"; readonly outcome: "refused" | "expired" | null }
  /** Two people compare what both screens say. */
  | { readonly phase: "claimed"; readonly comparison: string; readonly connected: boolean }
  | { readonly phase: "revoked"; readonly queued: number }
  | EnrolledState;

export type TabletOptions = {
  readonly store: Store;
  readonly clock: DeviceClock;
  readonly transport: Transport;
  readonly office: Office;
  /** What the device says of itself. */
  readonly device: () => Pick<ScannerReport, "battery" | "charging" | "appVersion">;
};

/** Somebody as the screen shows them. */
export const personOf = ({ shift, keys }: Member): Person => ({
  shiftId: shift.id,
  displayName: shift.displayName,
  role: shift.role,
  endsAt: shift.endsAt,
  mustSignIn: keys === null,
});

type Facts = {
  readonly outcome: "refused" | "expired" | null;
  readonly ended: EnrolledState["ended"];
  readonly connected: boolean;
  readonly queued: number;
};

/** @param crew who is at work; asked only of an enrolled tablet */
export function stateOf(
  identity: Identity | null,
  { outcome, ended, connected, queued }: Facts,
  crew: () => Pick<EnrolledState, "people" | "unlocked">,
): TabletState {
  if (identity === null) return { phase: "new", outcome };
  if (identity.state === "revoked") return { phase: "revoked", queued };
  const { assignment, comparison } = identity;
  if (assignment === null) return { phase: "claimed", comparison, connected };
  return { phase: "enrolled", ...assignment, ...crew(), ended, connected, queued };
}

/** How the tablet is, for the server. */
export function reportOf(
  device: ReturnType<TabletOptions["device"]>,
  queued: number,
  oldestListMs: number | null,
  clock: Pick<ServerClock, "inDoubt" | "offsetMs">,
): ScannerReport {
  const listMadeAt = oldestListMs === null ? null : new Date(oldestListMs).toISOString();
  return { ...device, listMadeAt, queued, clockOffsetMs: clock.inDoubt() ? null : -Math.round(clock.offsetMs()) };
}
