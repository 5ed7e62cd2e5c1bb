import type { ScannerState } from "@tessera/contracts";

/** The tablet that has signed a request, while it is enrolled. */
export type EnrolledScanner = {
  scannerId: string;
  /** What people call it. */
  name: string;
  /** 32 bytes, Ed25519. */
  publicKey: Buffer;
  gateId: string;
  competitionSessionIds: readonly string[];
};

/** A tablet that has a key, whatever has become of it. */
export type KnownScanner = EnrolledScanner & { state: ScannerState };
