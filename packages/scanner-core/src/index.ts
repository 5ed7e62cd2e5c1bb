export type { KnownList, ZoneCount } from "./known-list.ts";
export { ListKeeper, type ListKeeperOptions, openListKeeper } from "./list-keeper.ts";
export { listTables } from "./list-tables.ts";
export { type ListTrust, openListTrust, type PinnedKeys } from "./list-trust.ts";
export { openScanner } from "./open-scanner.ts";
export type { Change, DeviceClock, NamesVault, Store, Tally, Transport } from "./ports.ts";
export type { Scan, ScanVerdict } from "./scan.ts";
export type { Scanner, ScannerOptions, ScannerState } from "./scanner.ts";
export type { ListProblem } from "./take-list.ts";
