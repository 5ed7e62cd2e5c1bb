// accounts
export { type AttemptLimits, createAttemptLimits } from "./accounts/attempt-limits.ts";
export {
  type AuthStanding,
  type AuthStandingView,
  forgetExpiredAuthSessions,
  type IssuedAuthSession,
  type KnownStanding,
  readAuthStanding,
  signOut,
  viewStanding,
} from "./accounts/auth-sessions.ts";
export { beginTotpEnrolment } from "./accounts/begin-totp-enrolment.ts";
export { confirmTotpEnrolment } from "./accounts/confirm-totp-enrolment.ts";
export { createStaffAccount, type StaffAccount } from "./accounts/create-staff-account.ts";
export { createPasswordHasher, type PasswordHasher } from "./accounts/passwords.ts";
export { register } from "./accounts/register.ts";
export { signIn } from "./accounts/sign-in.ts";
export { stepUp } from "./accounts/step-up.ts";
export { verifyRecoveryCode } from "./accounts/verify-recovery-code.ts";
export { verifyTotp } from "./accounts/verify-totp.ts";

// all
export type { Actor, Clock, CoreContext, Policy, RandomBytes } from "./context.ts";
export { CodedError } from "./errors.ts";

// catalogue
export {
  type ImportCounts,
  type ImportOutcome,
  importProgramme,
  type ImportProgrammeInput,
} from "./catalogue/import-programme.ts";
export {
  gatherProgramme,
  type ProgrammeColumn,
  programmeColumns,
  type ProgrammeEntries,
  type ProgrammeFileRow,
  type RowError,
} from "./catalogue/programme-file.ts";

// keys
export { createKeyring, type KekKind, kekKinds, type KekSource, type Keyring } from "./keys/keyring.ts";
export { ensureOrganiserKeys, loadOrganiserKeys, type OrganiserKeys } from "./keys/organiser-keys.ts";

// sales
export type { PaymentEvent, PaymentProvider } from "./sales/payment-provider.ts";
