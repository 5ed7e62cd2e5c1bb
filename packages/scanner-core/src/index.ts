export type { DeviceClock, Tally, Transport } from "./ports.ts";
export type { Scan, ScanVerdict } from "./scan.ts";
export { openScanner, type Scanner, type ScannerOptions, type ScannerState } from "./scanner.ts";
