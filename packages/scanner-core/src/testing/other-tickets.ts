import { createPrivateKey, createPublicKey, sign } from "node:crypto";
import {
  encodePass,
  fromBase64url,
  type ListedTicket,
  makeCode,
  passDigest,
  type PassFields,
  passMessage,
  type Sign,
  slotAt,
} from "@tessera/pass";
import { bytes, keys, listed, nowMs } from "./known-gate.ts";

function keyOf(seed: string): { readonly publicKey: Uint8Array; readonly sign: Sign } {
  const der = Buffer.from(`302e020100300506032b657004220420${seed}`, "hex");
  const privateKey = createPrivateKey({ key: der, format: "der", type: "pkcs8" });
  const { x = "" } = createPublicKey(privateKey).export({ format: "jwk" });
  return {
    publicKey: fromBase64url(x),
    sign: async (message) => new Uint8Array(sign(null, message, privateKey)),
  };
}

/** Another ticket of the known gate's list, and what its device shows at `nowMs`; who has the seal's key could tell. */
export async function otherTicket(number: number): Promise<{ readonly code: string; readonly listed: ListedTicket }> {
  const [issuer, device] = [keyOf(keys.issuerSeed), keyOf(keys.deviceSeed)];
  const { competitionSessionNumber, zone, category, epoch } = listed.entry;
  const fields: PassFields = {
    issuerKeyId: 1,
    ticketId: `01990b5a-7c00-7abc-8def-${String(number).padStart(12, "0")}`,
    competitionSessionNumber,
    zone,
    category,
    epoch,
    validFrom: Math.floor(nowMs / 1000) - 3600,
    validUntil: Math.floor(nowMs / 1000) + 7200,
    paper: false,
    softKey: false,
    wheelchair: false,
    child: false,
    devicePublicKey: device.publicKey,
    epochToken: bytes("00".repeat(16)),
  };
  const seal = new Uint8Array(16);
  const unsigned = encodePass(fields, seal, new Uint8Array(64)).slice(0, -64);
  const pass = encodePass(fields, seal, await issuer.sign(passMessage(keys.gamesId, unsigned)));
  const entry = { ...listed.entry, ticketId: fields.ticketId, passDigest: await passDigest(pass) };
  return { code: await makeCode(pass, slotAt(nowMs), device.sign), listed: { ...listed, entry } };
}
