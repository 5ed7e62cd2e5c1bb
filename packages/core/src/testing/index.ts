export { authenticatorCode, registerAccount, registerVisitor, testTotpSecret } from "./accounts.ts";
export { gatesOf, goToGate, scanOnline } from "./at-the-gate.ts";
export { decideByList, fetchList, fetchPart, nextOf, openList } from "./fetched-list.ts";
export { forgeCode, type Loot } from "./forged-codes.ts";
export {
  cutWorkerConnections,
  hurryMailJob,
  readMailJob,
  rescheduleMailJobs,
  setMailJobAttempts,
  setMailJobLock,
} from "./mail-jobs.queries.ts";
export { openGateDay } from "./gate-day.ts";
export { entriesIn, incidentsIn, passagesOf } from "./gate-books.queries.ts";
export { handOver, offerTo } from "./hand-overs.ts";
export { type KekShelf, kekShelf, keyringOf } from "./keks.ts";
export { waitingForLocks, withUpdateHeld } from "./locks.queries.ts";
export { queuedMail, queuedMails, queuedMailsFor, queueTestMail, secretOf } from "./mails.ts";
export { told } from "./payment-events.ts";
export { enrolPasskey, registerWithPasskey, signedInBy } from "./passkey-holders.ts";
export { makePasskey, type TestPasskey } from "./passkeys.ts";
export { solveProof } from "./proof-of-work.ts";
export { demandProof } from "./proven-books.ts";
export { registerByMail } from "./registration.ts";
export { testRequester } from "./requester.ts";
export { ledgerOf, refundsOf, seatsTaken, statesOf } from "./sales-books.queries.ts";
export { signInByPassword } from "./sign-in.ts";
export { openJournal } from "./tablet-journal.ts";
export { claimOf, enrolTablet, makeTabletKey, signRecord } from "./tablets.ts";
export { testContext, type TestClock, type TestContext, type TestPayments } from "./test-context.ts";
export { outcomesOf, withoutLimits } from "./tries.ts";
export { offerIn, stockProgramme } from "./catalogue.ts";
export { buy, makeDevice, openPayment, reserveOne } from "./purchases.ts";
