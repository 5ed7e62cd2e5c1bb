import { makeCode } from "../../src/code.ts";
import type { PassFields } from "../../src/pass.ts";
import type { IssuerKeys } from "../../src/verify.ts";
import { deriveEpochToken, deriveTicketKey } from "../derive.ts";
import { issuePass } from "../issue.ts";
import { loadSigningKey, signMessage, type LoadedSigningKey } from "../signing-key.ts";

/** Fixed keys, so that every test says the same thing twice. */
export const bytesOf = (first: number, length = 32): Uint8Array<ArrayBuffer> =>
  Uint8Array.from({ length }, (_, index) => (first + index) % 256);

export const gamesId = "tessera-2028";
export const ticketId = "01990b5a-7c00-7abc-8def-0123456789ab";
export const accountKey = bytesOf(0x00);
export const purchaseKey = bytesOf(0x20);
export const tokenKey = bytesOf(0x40);
export const issuerKey = loadSigningKey(bytesOf(0x60));
export const deviceKey = loadSigningKey(bytesOf(0x80));
export const issuerKeys: IssuerKeys = new Map([[1, { publicKey: issuerKey.publicKey, compromised: false }]]);

/** 2028-07-15T18:00:00Z, in unix seconds; the example's window lies around it. */
export const opening = 1_847_296_800;

export const exampleFields: PassFields = {
  issuerKeyId: 1,
  ticketId,
  competitionSessionNumber: 305,
  zone: 2,
  category: "B",
  epoch: 3,
  validFrom: opening - 3 * 3600,
  validUntil: opening + 4 * 3600,
  paper: false,
  softKey: false,
  wheelchair: false,
  child: false,
  devicePublicKey: deviceKey.publicKey,
  epochToken: deriveEpochToken(tokenKey, ticketId, 3),
};

export const paperFields: PassFields = { ...exampleFields, paper: true, devicePublicKey: null };

/** The pass of these fields, with the keys above. */
export function issueExample(fields: PassFields = exampleFields): Uint8Array<ArrayBuffer> {
  const ticketKey = deriveTicketKey(accountKey, purchaseKey, fields.ticketId, fields.epoch);
  return issuePass(fields, { ticketKey, issuerKey, gamesId });
}

export const signAs = (key: LoadedSigningKey) => async (message: Uint8Array) => signMessage(key, message);

/** What the example's device shows in `slot`. */
export function showExample(slot: number, pass = issueExample()): Promise<string> {
  return makeCode(pass, slot, signAs(deviceKey));
}

export const fromHex = (hex: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

export const toHex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
