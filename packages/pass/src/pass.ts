import type { Category } from "@tessera/contracts";
import { concat, unsigned, type Bytes } from "./bytes.ts";
import { uuidFromBytes, uuidToBytes } from "./uuid.ts";

/** What a pass says before it is sealed and signed. Times are unix seconds. */
export type PassFields = {
  /** Which issuer key signed; an id is never used again. 0 to 255. */
  readonly issuerKeyId: number;
  /** UUID in lower case. */
  readonly ticketId: string;
  /** The number of the competition session, unique in its Games. */
  readonly competitionSessionNumber: number;
  /** 0 to 255. */
  readonly zone: number;
  readonly category: Category;
  /** 1 to 65535; 0 is a ticket never activated, and has no pass. */
  readonly epoch: number;
  /** The first second in which it is good. */
  readonly validFrom: number;
  /** The first second in which it is no longer good; after `validFrom`. */
  readonly validUntil: number;
  /** Printed: no device key, no proof, and always a look at an identity document. */
  readonly paper: boolean;
  /** The device key is a seed that the browser keeps itself, for want of Ed25519. */
  readonly softKey: boolean;
  readonly wheelchair: boolean;
  readonly child: boolean;
  /** Raw Ed25519, 32 bytes; `null` exactly if `paper`. */
  readonly devicePublicKey: Uint8Array | null;
  /** 16 bytes. */
  readonly epochToken: Uint8Array;
};

/** A pass as it was read. `bytes` are all its 163 bytes. */
export type Pass = PassFields & { readonly seal: Bytes; readonly signature: Bytes; readonly bytes: Bytes };

export const passVersion = 1;
/** Everything before the seal: what the seal covers. */
export const sealedLength = 83;
/** Everything before the signature: what the issuer signs. */
export const signedLength = 99;
export const passLength = 163;

const noDeviceKey = new Uint8Array(32);
const flagBits = { paper: 1, softKey: 2, wheelchair: 4, child: 8 } as const;
/** Category A is 1. The order is the format's own, whatever becomes of the list in contracts. */
const categories: readonly Category[] = ["A", "B", "C", "D", "E"];

/**
 * The 83 bytes before the seal, big-endian. Throws a `RangeError` or `TypeError` for fields that no reader would accept:
 * a value that does not fit, an epoch 0, an empty window, a flag that does not fit the device key.
 */
export function encodeFields(fields: PassFields): Bytes {
  const { devicePublicKey, epochToken } = fields;
  if (fields.epoch === 0) throw new RangeError("epoch 0 has no pass");
  if (fields.validFrom >= fields.validUntil) throw new RangeError("validFrom must be before validUntil");
  if (fields.paper !== (devicePublicKey === null) || (fields.paper && fields.softKey)) {
    throw new RangeError("paper has no device key, and every other pass has one");
  }
  if (devicePublicKey !== null && (devicePublicKey.length !== 32 || isZero(devicePublicKey))) {
    throw new RangeError("devicePublicKey must be 32 bytes, not all zero");
  }
  if (!categories.includes(fields.category)) throw new RangeError("category must be A to E");
  if (epochToken.length !== 16) throw new RangeError("epochToken must be 16 bytes");
  const flags =
    (fields.paper ? flagBits.paper : 0) |
    (fields.softKey ? flagBits.softKey : 0) |
    (fields.wheelchair ? flagBits.wheelchair : 0) |
    (fields.child ? flagBits.child : 0);
  return concat(
    unsigned(passVersion, 1, "version"),
    unsigned(fields.issuerKeyId, 1, "issuerKeyId"),
    uuidToBytes(fields.ticketId),
    unsigned(fields.competitionSessionNumber, 4, "competitionSessionNumber"),
    unsigned(fields.zone, 1, "zone"),
    unsigned(categories.indexOf(fields.category) + 1, 1, "category"),
    unsigned(fields.epoch, 2, "epoch"),
    unsigned(fields.validFrom, 4, "validFrom"),
    unsigned(fields.validUntil, 4, "validUntil"),
    unsigned(flags, 1, "flags"),
    devicePublicKey ?? noDeviceKey,
    epochToken,
  );
}

/** A whole pass, 163 bytes, from its fields, its 16-byte seal and its 64-byte signature. Throws as `encodeFields` does. */
export function encodePass(fields: PassFields, seal: Uint8Array, signature: Uint8Array): Bytes {
  if (seal.length !== 16) throw new RangeError("seal must be 16 bytes");
  if (signature.length !== 64) throw new RangeError("signature must be 64 bytes");
  return concat(encodeFields(fields), seal, signature);
}

/** The pass in exactly these 163 bytes of version 1, or `null` if no encoder would have written them. Never throws. */
export function decodePass(bytes: Uint8Array): Pass | null {
  if (bytes.length !== passLength || bytes[0] !== passVersion) return null;
  const own = new Uint8Array(bytes);
  const view = new DataView(own.buffer);
  const flags = view.getUint8(34);
  const deviceKey = own.slice(35, 67);
  const category = categories[view.getUint8(23) - 1];
  const pass = {
    issuerKeyId: view.getUint8(1),
    ticketId: uuidFromBytes(own.subarray(2, 18)),
    competitionSessionNumber: view.getUint32(18),
    zone: view.getUint8(22),
    epoch: view.getUint16(24),
    validFrom: view.getUint32(26),
    validUntil: view.getUint32(30),
    paper: (flags & flagBits.paper) !== 0,
    softKey: (flags & flagBits.softKey) !== 0,
    wheelchair: (flags & flagBits.wheelchair) !== 0,
    child: (flags & flagBits.child) !== 0,
    devicePublicKey: isZero(deviceKey) ? null : deviceKey,
    epochToken: own.slice(67, sealedLength),
    seal: own.slice(sealedLength, signedLength),
    signature: own.slice(signedLength),
    bytes: own,
  };
  const canonical =
    pass.epoch > 0 &&
    pass.validFrom < pass.validUntil &&
    flags < 16 &&
    pass.paper === (pass.devicePublicKey === null) &&
    !(pass.paper && pass.softKey);
  return canonical && category !== undefined ? { ...pass, category } : null;
}

const isZero = (bytes: Uint8Array): boolean => bytes.every((byte) => byte === 0);
