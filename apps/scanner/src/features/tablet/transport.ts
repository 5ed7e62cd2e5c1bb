import { createClient, type RequestSigner, signedFetch } from "@tessera/client";
import type { Office, Transport } from "@tessera/scanner-core";

/**
 * The way to the server. What the tablet asks is signed by its key, once it has one that the server knows.
 *
 * @param signer the tablet's key; null while it has none
 */
export function openTransport(signer: () => RequestSigner | null): { transport: Transport; office: Office } {
  const { validation } = createClient({ audience: "scanner", fetch: signedFetch(signer) });
  return {
    transport: {
      listPart: (input, signal) => validation.gate.listPart.query(input, { signal }),
      ask: (question, signal) => validation.gate.ask.mutate(question, { signal }),
      upload: (input, signal) => validation.gate.upload.mutate(input, { signal }),
      checkIn: (input, signal) => validation.scanners.checkIn.mutate(input, { signal }),
    },
    office: {
      claim: (input) => validation.scanners.claim.mutate(input),
      beginShift: () => validation.shifts.begin.mutate(),
      endShift: (input) => validation.shifts.end.mutate(input),
    },
  };
}
