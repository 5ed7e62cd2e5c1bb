import {
  announceReadyFactorResets,
  closeOverduePages,
  type CoreContext,
  countStrandedPayments,
  expireHandOvers,
  expireOverdueOrders,
  foldSales,
  forgetExpiredAuthSessions,
  forgetExpiredChallenges,
  forgetExpiredEmailChanges,
  forgetExpiredInvitations,
  forgetExpiredMailTokens,
  forgetExpiredRegistrations,
  forgetExpiredWebauthnChallenges,
  forgetIdempotencyKeys,
  forgetOfferedAddresses,
  forgetOldMails,
  payBackCancelled,
  type ProviderRun,
  reconcilePayments,
  releaseAbandonedMails,
  sendRequestedRefunds,
} from "@tessera/core";
import type { Logger } from "../log.ts";
import { type Checkpoints, startAuditJobs } from "./audit.ts";
import { every, type Job } from "./every.ts";

/** Starts the background work of a node. Each use case is right when several nodes run it at once. */
export function startJobs(core: CoreContext, checkpoints: Checkpoints, log: Logger): Job {
  const jobs = [
    every(2, "expire overdue orders", (signal) => expireOverdueOrders(core, signal), log),
    every(2, "close overdue pages", (signal) => closePages(core, log, signal), log),
    every(30, "reconcile payments", (signal) => reconcile(core, log, signal), log),
    every(600, "report stranded payments", () => reportStranded(core, log), log),
    every(5, "fold sales", () => foldSales(core), log),
    every(2, "pay back cancelled sessions", (signal) => payBack(core, log, signal), log),
    every(5, "send requested refunds", (signal) => sendRefunds(core, log, signal), log),
    every(600, "forget expired auth sessions", () => forgetExpiredAuthSessions(core), log),
    every(600, "forget expired registrations", () => forgetExpiredRegistrations(core), log),
    every(600, "forget expired mail tokens", () => forgetExpiredMailTokens(core), log),
    every(600, "forget expired e-mail changes", () => forgetExpiredEmailChanges(core), log),
    every(600, "forget expired invitations", () => forgetExpiredInvitations(core), log),
    every(600, "forget expired activation challenges", () => forgetExpiredChallenges(core), log),
    every(600, "forget expired passkey challenges", () => forgetExpiredWebauthnChallenges(core), log),
    every(60, "expire hand-overs", (signal) => endOffers(core, log, signal), log),
    every(3600, "forget offered addresses", () => forgetOfferedAddresses(core), log),
    every(60, "announce ready factor resets", () => announceReadyFactorResets(core), log),
    every(30, "release abandoned mails", () => releaseAbandonedMails(core), log),
    every(600, "forget old idempotency keys", (signal) => forgetIdempotencyKeys(core, signal), log),
    every(3600, "forget old mails", () => forgetOldMails(core), log),
    startAuditJobs(core, checkpoints, log),
  ];
  return {
    stop: async () => {
      await Promise.all(jobs.map((job) => job.stop()));
    },
  };
}

async function closePages(core: CoreContext, log: Logger, signal: AbortSignal): Promise<void> {
  warnOfFailures(await closeOverduePages(core, signal), "payment page could not be closed", log);
}

async function reconcile(core: CoreContext, log: Logger, signal: AbortSignal): Promise<void> {
  warnOfFailures(await reconcilePayments(core, signal), "payment could not be looked at", log);
}

/** One warning for each run: while the provider is away, many fail for the same reason. */
function warnOfFailures({ failed, isAway }: ProviderRun, message: string, log: Logger): void {
  const [first] = failed;
  if (first !== undefined) {
    log.warn({ paymentId: first.paymentId, failed: failed.length, isAway, err: first.cause }, message);
  }
}

async function reportStranded(core: CoreContext, log: Logger): Promise<void> {
  const { payments, refunds } = await countStrandedPayments(core);
  if (payments + refunds > 0) {
    log.warn({ payments, refunds, provider: core.payments.name }, "payments or refunds wait for a former provider");
  }
}

/** One warning for each run: those that failed are tried again by the next. */
async function payBack(core: CoreContext, log: Logger, signal: AbortSignal): Promise<void> {
  const { failed } = await payBackCancelled(core, signal);
  const [first] = failed;
  if (first !== undefined) {
    log.warn({ orderId: first.orderId, failed: failed.length, err: first.cause }, "order could not be paid back");
  }
}

/** One warning for each run, as above. */
async function endOffers(core: CoreContext, log: Logger, signal: AbortSignal): Promise<void> {
  const { failed } = await expireHandOvers(core, signal);
  const [first] = failed;
  if (first !== undefined) {
    log.warn({ handOverId: first.handOverIds[0], failed: failed.length, err: first.cause }, "offer could not be ended");
  }
}

/** A refund that fails is somebody's money: each is named, every time. */
async function sendRefunds(core: CoreContext, log: Logger, signal: AbortSignal): Promise<void> {
  const { failed } = await sendRequestedRefunds(core, signal);
  for (const { refundId, cause } of failed) log.error({ refundId, err: cause }, "refund failed");
}
