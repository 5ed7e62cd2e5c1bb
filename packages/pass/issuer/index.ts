export { checkSeal, deriveEpochToken, deriveTicketKey, generateSecret, sealPass } from "./derive.ts";
export { kekIdOf, open, seal, SealError, type Kek, type SealedPlace } from "./envelope.ts";
export { issuePass, type PassKeys } from "./issue.ts";
export { signList } from "./sign-list.ts";
export { generateSigningSeed, loadSigningKey, signMessage, type LoadedSigningKey } from "./signing-key.ts";
