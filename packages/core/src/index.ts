// accounts
export { type AttemptLimits, createAttemptLimits } from "./accounts/limits/attempt-limits.ts";
export type { LimitStore } from "./accounts/limits/limit-store.ts";
export { postgresLimitStore } from "./accounts/limits/postgres-limit-store.queries.ts";
export {
  type AuthStanding,
  type AuthStandingView,
  forgetExpiredAuthSessions,
  type IssuedAuthSession,
  type KnownStanding,
  readAuthStanding,
  type SignedIn,
  viewStanding,
} from "./accounts/auth-sessions/auth-sessions.ts";
export { endAuthSession, endOtherAuthSessions, signOut } from "./accounts/auth-sessions/end-auth-sessions.ts";
export { listAuthSessions } from "./accounts/auth-sessions/list-auth-sessions.ts";
export { announceReadyFactorResets } from "./accounts/factors/announce-factor-resets.ts";
export { beginTotpEnrolment } from "./accounts/factors/begin-totp-enrolment.ts";
export { confirmTotpEnrolment } from "./accounts/factors/confirm-totp-enrolment.ts";
export { cancelFactorReset, completeFactorReset } from "./accounts/factors/end-factor-reset.ts";
export { beginPasskeyEnrolment, confirmPasskeyEnrolment } from "./accounts/factors/enrol-passkey.ts";
export { listFactors } from "./accounts/factors/list-factors.ts";
export { removePasskey, removeTotp } from "./accounts/factors/remove-factor.ts";
export { renamePasskey } from "./accounts/factors/rename-passkey.ts";
export { replaceRecoveryCodes } from "./accounts/factors/replace-recovery-codes.ts";
export { requestFactorReset } from "./accounts/factors/request-factor-reset.ts";
export { beginPasskeySignIn, signInWithPasskey } from "./accounts/factors/sign-in-with-passkey.ts";
export { beginPasskeyVerification, verifyPasskey } from "./accounts/factors/verify-passkey.ts";
export { forgetExpiredWebauthnChallenges } from "./accounts/factors/webauthn.ts";
export { readPendingEmailChange } from "./accounts/email/read-pending-email-change.ts";
export { acceptInvitation, readInvitation } from "./accounts/staff/accept-invitation.ts";
export { changeRole } from "./accounts/staff/change-role.ts";
export { createStaffAccount, type StaffAccount } from "./accounts/staff/create-staff-account.ts";
export { disableEmployee, enableEmployee } from "./accounts/staff/disable-employee.ts";
export { inviteAdmin, inviteEmployee } from "./accounts/staff/invite-employee.ts";
export { listStaff } from "./accounts/staff/list-staff.ts";
export {
  approveEmployeeFactorReset,
  cancelEmployeeFactorReset,
  requestEmployeeFactorReset,
} from "./accounts/staff/reset-employee-factors.ts";
export { forgetExpiredInvitations, revokeInvitation } from "./accounts/staff/revoke-invitation.ts";
export { createPasswordHasher, type PasswordHasher } from "./accounts/passwords/passwords.ts";
export {
  beginRegistration,
  checkRegistrationCode,
  forgetExpiredRegistrations,
} from "./accounts/registration/begin-registration.ts";
export { register } from "./accounts/registration/register.ts";
export { confirmEmailChange } from "./accounts/email/confirm-email-change.ts";
export { forgetExpiredEmailChanges, requestEmailChange } from "./accounts/email/request-email-change.ts";
export { forgetExpiredMailTokens } from "./accounts/mail-tokens/mail-tokens.ts";
export { changePassword } from "./accounts/passwords/change-password.ts";
export { requestPasswordReset } from "./accounts/passwords/request-password-reset.ts";
export { withdrawEmailChange } from "./accounts/email/withdraw-email-change.ts";
export { resetPassword } from "./accounts/passwords/reset-password.ts";
export { deleteAccount } from "./accounts/personal-data/delete-account.ts";
export { downloadAccountData } from "./accounts/personal-data/download-account-data.ts";
export { setLocale } from "./accounts/set-locale.ts";
export { signIn } from "./accounts/sign-in.ts";
export { verifyRecoveryCode } from "./accounts/factors/verify-recovery-code.ts";
export { verifyTotp } from "./accounts/factors/verify-totp.ts";

// all
export type { CoreContext, CoreDependencies } from "./context.ts";
export { createCoreContext } from "./create-core-context.ts";
export { CodedError, codedErrorOf } from "./errors.ts";
export type { Actor, Clock, Documents, Mailer, OutgoingMail, Policy, RandomBytes, Requester } from "./ports.ts";

// audit
export { type Checkpoint, checkpointKey, type CheckpointStore, signCheckpoint } from "./audit/checkpoint.ts";
export { listAuditEntries } from "./audit/list-audit-entries.ts";
export { sealAuditEntries } from "./audit/seal-audit-entries.ts";
export { type AuditProblem, type AuditVerification, verifyAuditLog } from "./audit/verify-audit-log.ts";
export { type AuditAct, writeAuditEntry } from "./audit/write-audit-entry.ts";

// catalogue
export { approveCapacityChange, changeCapacity, rejectCapacityChange } from "./catalogue/change-capacity.ts";
export { cancelCompetitionSession } from "./catalogue/cancel-competition-session.ts";
export { changeHandOver } from "./catalogue/change-hand-over.ts";
export { publishOffer, withdrawOffer } from "./catalogue/change-offer-state.ts";
export { createOffer } from "./catalogue/create-offer.ts";
export { readCompetitionSession, readProgramme } from "./catalogue/read-programme.ts";
export { type ImportCounts, type ImportOutcome, importProgramme } from "./catalogue/import-programme.ts";
export { listCapacityChanges } from "./catalogue/list-capacity-changes.ts";
export { listOffers, readOffer } from "./catalogue/list-offers.ts";
export { listSeatPools } from "./catalogue/list-seat-pools.ts";
export {
  gatherProgramme,
  type ProgrammeColumn,
  programmeColumns,
  type ProgrammeEntries,
  type ProgrammeFileRow,
  type RowError,
} from "./catalogue/programme-file.ts";
export { readAdminCompetitionSession } from "./catalogue/read-admin-competition-session.ts";
export { updateOffer } from "./catalogue/update-offer.ts";

// gate
export { closeIncident } from "./gate/incidents/close-incident.ts";
export { listIncidents, readIncident } from "./gate/incidents/list-incidents.ts";
export { listGateCompetitionSessions } from "./gate/list-gate-competition-sessions.ts";
export { readListPart } from "./gate/lists/read-list-part.ts";
export { changeGatePolicy } from "./gate/policy/change-gate-policy.ts";
export { readGatePolicy } from "./gate/policy/gate-policy.ts";
export { askScan } from "./gate/scans/ask-scan.ts";
export { takeRecords } from "./gate/scans/take-records.ts";
export { checkIn } from "./gate/scanners/check-in.ts";
export { claimScanner } from "./gate/scanners/claim-scanner.ts";
export { enrolmentLink } from "./gate/scanners/enrolment-link.ts";
export { inviteScanner } from "./gate/scanners/invite-scanner.ts";
export { listScannerChoices, listScanners } from "./gate/scanners/list-scanners.ts";
export { demandEnrolled, readKnownScanner } from "./gate/scanners/read-enrolled-scanner.ts";
export type { EnrolledScanner, KnownScanner } from "./gate/scanners/scanner.ts";
export { assignScanner, confirmScanner, refuseScanner, revokeScanner } from "./gate/scanners/settle-scanner.ts";
export { beginShift } from "./gate/shifts/begin-shift.ts";
export { endShift } from "./gate/shifts/end-shifts.ts";

// keys
export { createKek, retireKek, rotateKek } from "./keys/change-keks.ts";
export { compromiseOrganiserKey, createOrganiserKey, rotateOrganiserKey } from "./keys/change-organiser-keys.ts";
export { createKeyring, type KekKind, kekKinds, type KekSource, type Keyring } from "./keys/keyring.ts";
export { type ListedKeys, listKeys } from "./keys/list-keys.ts";
export {
  announceKeks,
  createNodeKeks,
  forgetNodeKeks,
  type HeldKek,
  type KekProblem,
  type NodeKeks,
  syncKeks,
} from "./keys/node-keks.ts";
export { type OrganiserKeyKind, organiserKeyKinds } from "./keys/organiser-keys.queries.ts";
export { ensureOrganiserKeys, loadOrganiserKeys, type OrganiserKeys } from "./keys/organiser-keys.ts";
export { resealKind } from "./keys/reseal.ts";

// live
export { readGateCounts, watchGate } from "./live/watch-gate.ts";

// mail
export { forgetIdempotencyKeys } from "./idempotency/forget-idempotency-keys.ts";
export { forgetOldMails, releaseAbandonedMails, sendMail } from "./mail/send-mail.ts";

// sales
export { applyPaymentEvent } from "./sales/apply-payment-event.ts";
export type { ProviderRun } from "./sales/ask-in-turn.ts";
export { closeOverduePages, countStrandedPayments, reconcilePayments } from "./sales/close-pages.ts";
export { searchOrders } from "./sales/search-orders.ts";
export { changeSalesSettings } from "./sales/change-sales-settings.ts";
export { foldSales } from "./sales/fold-sales.ts";
export type {
  KnownPayment,
  PaymentEvent,
  PaymentProvider,
  PaymentStanding,
  PaymentToMake,
} from "./sales/payment-provider.ts";
export { payBackCancelled } from "./sales/pay-back-cancelled.ts";
export { readAvailability } from "./sales/read-availability.ts";
export { proveSales, type ProvenRule, type SalesProof } from "./sales/prove-sales.ts";
export { readAdminOrder } from "./sales/read-admin-order.ts";
export { listOrders, readOrder } from "./sales/read-orders.ts";
export { refundTickets, retryRefund } from "./sales/refund-tickets.ts";
export { cancelOrder, expireOrder, expireOverdueOrders } from "./sales/release-order.ts";
export { reservationWrites, type ReservationWrites, seatPoolLocks } from "./sales/reservations.queries.ts";
export { reserveSeats } from "./sales/reserve-seats.ts";
export { readSalesSettings } from "./sales/sales-settings.ts";
export { listSalesByCompetitionSession, listSalesByOffer, readSalesSummary } from "./sales/sales-figures.ts";
export { sendRequestedRefunds } from "./sales/send-refunds.ts";
export { readPayment, startPayment } from "./sales/start-payment.ts";

// tickets
export { activateTickets } from "./tickets/activate-tickets.ts";
export { blockTicket, unblockTicket } from "./tickets/block-ticket.ts";
export { createActivationChallenges, forgetExpiredChallenges } from "./tickets/create-activation-challenges.ts";
export { acceptHandOvers } from "./tickets/hand-overs/accept-hand-overs.ts";
export { refuseHandOvers, takeBackHandOvers } from "./tickets/hand-overs/end-hand-overs.ts";
export { type ExpiryRun, expireHandOvers, forgetOfferedAddresses } from "./tickets/hand-overs/expire-hand-overs.ts";
export { listHandOvers } from "./tickets/hand-overs/list-hand-overs.ts";
export { offerHandOvers } from "./tickets/hand-overs/offer-hand-overs.ts";
export { listTickets, readServerTime } from "./tickets/list-tickets.ts";
export { nameCompanion } from "./tickets/name-companion.ts";
export { printTickets } from "./tickets/print-tickets.ts";
