export { forgetListKeys, type ListTrust } from "./list-trust.ts";
export { openScanner } from "./open-scanner.ts";
export type { DeviceClock, Tally, Transport } from "./ports.ts";
export type { Scan, ScanVerdict } from "./scan.ts";
export type { Scanner, ScannerOptions, ScannerState } from "./scanner.ts";
export { type ListProblem, ListRefused } from "./take-list.ts";
