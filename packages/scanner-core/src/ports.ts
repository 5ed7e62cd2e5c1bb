import type {
  ClaimedScanner,
  ListPart,
  ListPartInput,
  ScannerReport,
  ScannerStanding,
  ScanQuestion,
  Shift,
  SignedRecord,
  Uploaded,
  Verdict,
} from "@tessera/contracts";

/** The device's clocks. All in milliseconds. */
export type DeviceClock = {
  /** A clock that nobody can set, from any zero. It may stand still while the device sleeps. */
  readonly monotonicMs: () => number;
  /** What the device takes for unix time; anybody may have set it. */
  readonly wallMs: () => number;
  /** Calls back once, after a while; the function given back cancels it. */
  readonly after: (ms: number, callback: () => void) => () => void;
};

/** The way to the server. Rejects when it gave no answer that counts: whatever the cause, the tablet goes on without. */
export type Transport = {
  readonly listPart: (input: ListPartInput, signal: AbortSignal) => Promise<ListPart>;
  /** The same number is the same scan, however often it is asked. */
  readonly ask: (question: ScanQuestion, signal: AbortSignal) => Promise<Verdict>;
  /** At most `mostRecords`; what was taken before is taken again. */
  readonly upload: (input: { readonly records: SignedRecord[] }, signal: AbortSignal) => Promise<Uploaded>;
  readonly checkIn: (input: { readonly report: ScannerReport | null }, signal: AbortSignal) => Promise<ScannerStanding>;
};

/** What a tablet asks besides, while somebody looks on. Rejects with what the server says. */
export type Office = {
  readonly claim: (input: {
    readonly code: string;
    readonly publicKey: string;
    readonly signature: string;
  }) => Promise<ClaimedScanner>;
  /** For whoever is signed in. */
  readonly beginShift: () => Promise<Shift>;
  readonly endShift: (input: { readonly shiftId: string }) => Promise<unknown>;
};

/** One value to be written; null deletes it. */
export type Change = { readonly table: string; readonly key: string | number; readonly value: unknown };

/** Where a tablet keeps what must outlive the app. What is kept is ours alone to read. */
export type Store = {
  /** Undefined if nothing is there. */
  readonly read: (table: string, key: string | number) => Promise<unknown>;
  /** In the order of their keys. */
  readonly readAll: (table: string) => Promise<readonly unknown[]>;
  /** All or nothing, and on disk when it resolves. */
  readonly write: (changes: readonly Change[]) => Promise<void>;
};

/** Seals holders' names at rest, while somebody's PIN has opened it. `open` rejects what it has not sealed. */
export type NamesVault = {
  readonly seal: (bytes: Uint8Array) => Promise<Uint8Array>;
  readonly open: (sealed: Uint8Array) => Promise<Uint8Array>;
};
