import { createPublicKey, type KeyObject, verify } from "node:crypto";
import { passMessage, proofMessage, readCode, toBase64url } from "@tessera/pass";
import type { GateScene } from "../tickets.ts";

type Signature = { key: KeyObject; message: Uint8Array; signature: Uint8Array };

/** The two signatures of each code, with keys imported and messages put together beforehand. */
export async function prepareSignatures({ gamesId, issuerKeys, tickets }: GateScene): Promise<Signature[][]> {
  return Promise.all(
    tickets.map(async ({ text }) => {
      const read = readCode(text);
      if (!read.ok || read.code.proof === null) throw new Error("not the code of a device");
      const { pass, proof } = read.code;
      return [
        {
          key: publicKey(issuerKeys.get(pass.issuerKeyId)?.publicKey),
          message: passMessage(gamesId, pass.bytes),
          signature: pass.signature,
        },
        {
          key: publicKey(pass.devicePublicKey),
          message: await proofMessage(pass.bytes, proof.slot),
          signature: proof.signature,
        },
      ];
    }),
  );
}

/** The limit of verifying a code: nothing but Node's fastest Ed25519, which answers at once. */
export function verifyRaw(signatures: readonly Signature[]): boolean {
  return signatures.every(({ key, message, signature }) => verify(null, message, key, signature));
}

function publicKey(bytes: Uint8Array | null | undefined): KeyObject {
  if (bytes === null || bytes === undefined) throw new Error("no key");
  return createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: toBase64url(bytes) }, format: "jwk" });
}
