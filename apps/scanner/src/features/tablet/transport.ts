import { createClient, type RequestSigner, signedFetch } from "@tessera/client";
import type { Transport } from "@tessera/scanner-core";

/** How the tablet speaks to the server: every request is signed by its key, once it has one that the server knows. */
export type TabletClient = ReturnType<typeof createClient>;

/** @param signer the tablet's key, once it has one */
export function createTabletClient(signer: () => RequestSigner | null): TabletClient {
  return createClient({ audience: "scanner", fetch: signedFetch(signer) });
}

/** What the scanner asks for by itself. */
export function createTransport({ validation }: TabletClient): Transport {
  return {
    listPart: (input, signal) => validation.gate.listPart.query(input, { signal }),
    ask: (question, signal) => validation.gate.ask.mutate(question, { signal }),
    upload: (records, signal) => validation.gate.upload.mutate(records, { signal }),
    checkIn: (input, signal) => validation.scanners.checkIn.mutate(input, { signal }),
  };
}
