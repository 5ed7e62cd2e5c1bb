export { decodeBase45, encodeBase45 } from "./base45.ts";
export { fromBase64url, toBase64url, type Bytes } from "./bytes.ts";
export { encodeProof, makeCode, makePaperCode, readCode, type Code, type Proof, type ReadCode } from "./code.ts";
export { decide, decideLookUp, outcomeOf } from "./decide.ts";
export { passDigest, tokenDigest } from "./digests.ts";
export { isStrictPublicKey, verifySignature, type Sign, type SigningKey } from "./ed25519.ts";
export { isListOf, isObjectOf, isText, isWhole } from "./guards.ts";
export {
  type ListedEntry,
  type ListedPassage,
  type ListHead,
  type ListKey,
  listPieces,
  type ListPlace,
  type ListRow,
  type ReadListPart,
  type SignedList,
  verifyList,
} from "./list.ts";
export { type ListedTicket, listedTicketAt, type TicketsOfPart } from "./listed-ticket.ts";
export { parseListPart } from "./parse-list-part.ts";
export { type GateOfZones, homeGateOf } from "./home-gate.ts";
export {
  type Activation,
  activationMessage,
  comparisonCode,
  type Enrolment,
  enrolmentMessage,
  listMessage,
  passMessage,
  proofMessage,
  recordMessage,
} from "./messages.ts";
export { decodePass, encodePass, passLength, type Pass, type PassFields } from "./pass.ts";
export type { Direction, EarlierScan, GatePolicy, Known, ListEntry, RefusalReason, Verdict } from "./policy.ts";
export { secondsLeft, slotAt, slotMs } from "./slot.ts";
export { uuidFromBytes, uuidToBytes } from "./uuid.ts";
export { verifyCode, type IssuerKey, type IssuerKeys, type VerifiedCode } from "./verify.ts";
