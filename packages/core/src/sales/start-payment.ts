import { type Locale, startedPayment } from "@tessera/contracts";
import type { Database } from "@tessera/db";
import type { Transaction } from "kysely";
import { findLiveAccount } from "../accounts/accounts.queries.ts";
import type { CoreContext } from "../context.ts";
import { CodedError } from "../errors.ts";
import { idempotent } from "../idempotency/idempotent.ts";
import { newId } from "../ids.ts";
import type { Actor, Policy, Requester } from "../ports.ts";
import type { CheckedPayment } from "./checked-payments.queries.ts";
import { closePage } from "./close-pages.ts";
import { selectHolds } from "./holds.queries.ts";
import { toKnownPayment } from "./known-payment.ts";
import { isUnpaid, toOrderState } from "./order.ts";
import { changeOrder, lockOrder, type LockedOrder } from "./orders.queries.ts";
import { insertPayment, markPage, selectPayment, selectPendingPayment } from "./payments.queries.ts";

type Parts = Pick<CoreContext, "db" | "clock" | "random" | "keyring" | "payments" | "policy">;

/**
 * Opens the provider's page for an order. The payment row exists, and the hold is extended to the end of that page, before
 * the provider is called; its id is the provider's idempotency key. The same key gives the same answer. Another key while
 * a page is open gives that page: two tabs pay one order once.
 *
 * Errors: `not_found`, `order_expired`, `order_not_payable`, `unavailable` when the provider does not answer (the seats
 * stay held, and asking again is safe), `idempotency_key_reused`, `request_under_way`, and what limits throw: whoever
 * tries stolen cards tries many.
 */
export async function startPayment(
  ctx: Parts & Pick<CoreContext, "attempts">,
  actor: Pick<Actor, "accountId">,
  { orderId, idempotencyKey }: { orderId: string; idempotencyKey: string },
  requester: Requester,
): Promise<{ redirectUrl: string }> {
  const { accountId } = actor;
  return idempotent(
    ctx,
    { accountId, idempotencyKey, operation: "start_payment", body: { orderId } },
    async () => {
      // Only what is begun anew: asking again while the provider is away, or for a page that is open, tries no other card.
      const isNew = (await selectPendingPayment(ctx.db, orderId)) === undefined;
      if (isNew) await ctx.attempts.spend("payment", { account: accountId, requester });
      const wanted = { accountId, orderId, isNew };
      const payment = await ctx.db.transaction().execute((trx) => preparePayment(ctx, trx, wanted));
      return openPage(ctx, payment);
    },
    (stored) => startedPayment.parse(stored),
  );
}

type PreparedPayment = Omit<CheckedPayment, "state">;

/** The order's one payable attempt: the one that is under way, or a new one. */
async function preparePayment(
  ctx: Parts,
  trx: Transaction<Database>,
  { accountId, orderId, isNew }: { accountId: string; orderId: string; isNew: boolean },
): Promise<PreparedPayment> {
  const order = await lockOrder(trx, orderId);
  if (order?.account_id !== accountId) throw new CodedError("not_found");
  const now = ctx.clock();
  const isOpen = isUnpaid(toOrderState(order.state));
  if (order.state === "expired" || (isOpen && order.hold_expires_at <= now)) throw new CodedError("order_expired");
  const isForNothing = (await selectHolds(trx, orderId)).some((hold) => hold.competition_session_state === "cancelled");
  if (!isOpen || isForNothing) throw new CodedError("order_not_payable");

  const account = await findLiveAccount(trx, accountId);
  if (account === undefined) throw new CodedError("not_found");
  const underWay = await selectPendingPayment(trx, orderId);
  // The one that was under way a moment ago has just ended: a new one is spent first.
  if (underWay === undefined && !isNew) throw new CodedError("request_under_way");
  if (underWay === undefined) return insertAttempt(ctx, trx, { order, locale: account.locale, now });
  // Its page is with a provider that is not in use any more: another attempt can be made once this one has ended.
  if (underWay.provider !== ctx.payments.name) throw new CodedError("unavailable");
  return underWay;
}

async function insertAttempt(
  ctx: Parts,
  trx: Transaction<Database>,
  { order, locale, now }: { order: LockedOrder; locale: Locale; now: Date },
): Promise<PreparedPayment> {
  const id = newId(ctx);
  const provider = ctx.payments.name;
  const expiresAt = pageEnd(ctx.policy, order, now);
  const amountCents = order.total_cents;
  await insertPayment(trx, {
    id,
    orderId: order.id,
    provider,
    amountCents,
    createdAt: now,
    pageExpiresAt: expiresAt,
    locale,
    eventId: newId(ctx),
  });
  await changeOrder(trx, order, { state: "awaiting_payment", eventId: newId(ctx), at: now, holdExpiresAt: expiresAt });
  return {
    id,
    order_id: order.id,
    reference: order.reference,
    provider,
    amount_cents: amountCents,
    locale,
    page_expires_at: expiresAt,
    provider_page_id: null,
  };
}

/** Outside any transaction: the provider may take its time. */
async function openPage(ctx: Parts, payment: PreparedPayment): Promise<{ redirectUrl: string }> {
  const { redirectUrl, pageId } = await ctx.payments.start(toKnownPayment(ctx, payment)).catch((cause: unknown) => {
    throw new CodedError("unavailable", {}, { cause });
  });
  const state = await markPage(ctx.db, { paymentId: payment.id, pageId });
  if (state === "pending") return { redirectUrl };
  // Ended while the page was being made: nobody is led there, and as long as it is open, it is asked for again.
  const closed = closePage(ctx, { ...payment, provider_page_id: pageId });
  const code = state === "expired" ? "order_expired" : "order_not_payable";
  throw new CodedError(code, {}, { cause: await closed.catch((cause: unknown) => cause) });
}

/** When the provider's page ends, and with it the hold: however often it is opened, seats are not kept for ever. */
function pageEnd(
  policy: Pick<Policy, "paymentMinutes" | "longestHoldMinutes">,
  order: { created_at: Date; hold_expires_at: Date },
  now: Date,
): Date {
  const longest = order.created_at.getTime() + policy.longestHoldMinutes * 60_000;
  const wanted = now.getTime() + policy.paymentMinutes * 60_000;
  return new Date(Math.max(order.hold_expires_at.getTime(), Math.min(wanted, longest)));
}

/** A payment as the provider's own page shows it. Throws `not_found`. */
export async function readPayment(ctx: Pick<CoreContext, "db">, paymentId: string) {
  const payment = await selectPayment(ctx.db, paymentId);
  if (payment === undefined) throw new CodedError("not_found");
  return {
    id: payment.id,
    orderId: payment.order_id,
    reference: payment.reference,
    amountCents: payment.amount_cents,
    currency: "EUR" as const,
  };
}
