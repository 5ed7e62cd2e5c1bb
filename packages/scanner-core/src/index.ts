export type { ClockProposal } from "./clock-proposals.ts";
export { Contact } from "./contact.ts";
export { type Decision, type Journal, openJournal } from "./journal.ts";
export type { KnownList, ZoneCount } from "./known-list.ts";
export { ListKeeper, type ListKeeperOptions, openListKeeper } from "./list-keeper.ts";
export { type ListTrust, openListTrust } from "./list-trust.ts";
export type { Change, DeviceClock, NamesVault, Office, Store, Transport } from "./ports.ts";
export type { ShownPassage, ShownScan, ShownTicket } from "./scan.ts";
export {
  type Alarm,
  type AtWork,
  type Authorised,
  Scanner,
  type ScannerOptions,
  type ScannerState,
} from "./scanner.ts";
export { createServerClock, type ServerClock } from "./server-clock.ts";
export { type EnrolledState, openTablet, type Person, Tablet, type TabletOptions, type TabletState } from "./tablet.ts";
export type { ListProblem } from "./take-list.ts";
export { Uploads } from "./uploads.ts";
