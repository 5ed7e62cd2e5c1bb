import { accountData, type Facts } from "@tessera/contracts";
import type { Database } from "@tessera/db";
import type { Kysely } from "kysely";
import { writeAuditEntry } from "../../audit/write-audit-entry.ts";
import type { CoreContext } from "../../context.ts";
import type { SignedIn } from "../auth-sessions/auth-sessions.ts";
import { listAuthSessions } from "../auth-sessions/list-auth-sessions.ts";
import {
  selectAccountData,
  selectAuditData,
  selectEmailChangeData,
  selectFactorResetData,
  selectMailData,
  selectPasskeyData,
  selectRecoveryCodeData,
  selectTotpData,
} from "./account-data.queries.ts";
import {
  selectHandOverData,
  selectOrderData,
  selectOrderHistory,
  selectOrderLineData,
  selectPaymentData,
  selectRefundData,
  selectScanData,
  selectTicketData,
  selectTicketHistory,
} from "./purchase-data.queries.ts";

/**
 * Everything that is kept of a person, as a document that people and machines can read (GDPR, articles 15 and 20): the
 * account, what it signs in with, where it is signed in, what was bought, paid, issued, handed over and let in, and what was
 * written down. Moments are ISO 8601, money is integer cents. No secret, hash or key is in it.
 */
export async function downloadAccountData(
  ctx: Pick<CoreContext, "db" | "clock" | "random">,
  standing: SignedIn,
): Promise<Facts<typeof accountData>> {
  const { db } = ctx;
  const { accountId } = standing.actor;
  await writeAuditEntry(db, ctx, { action: "account.data_downloaded", actorId: accountId, subjectId: accountId });
  const recoveryCodes = await selectRecoveryCodeData(db, accountId);
  const data = {
    madeAt: ctx.clock(),
    currency: "EUR",
    account: await selectAccountData(db, accountId),
    factors: {
      totp: (await selectTotpData(db, accountId)) ?? null,
      passkeys: await selectPasskeyData(db, accountId),
      recoveryCodesLeft: recoveryCodes.filter(({ usedAt }) => usedAt === null).length,
      recoveryCodesUsedAt: recoveryCodes.flatMap(({ usedAt }) => usedAt ?? []),
      reset: (await selectFactorResetData(db, accountId)) ?? null,
    },
    emailChange: (await selectEmailChangeData(db, accountId)) ?? null,
    authSessions: await listAuthSessions(ctx, standing),
    orders: await readOrders(db, accountId),
    tickets: await readTickets(db, accountId),
    handOvers: await selectHandOverData(db, accountId),
    mails: await selectMailData(db, accountId),
    auditEntries: await selectAuditData(db, accountId),
  };
  return accountData.parse(JSON.parse(JSON.stringify(data)));
}

async function readOrders(db: Kysely<Database>, accountId: string) {
  const lines = groupBy(await selectOrderLineData(db, accountId), "orderId");
  const history = groupBy(await selectOrderHistory(db, accountId), "orderId");
  const refunds = groupBy(await selectRefundData(db, accountId), "paymentId");
  const paid = await selectPaymentData(db, accountId);
  const payments = groupBy(
    paid.map((payment) => ({ ...payment, refunds: refunds.get(payment.id) ?? [] })),
    "orderId",
  );
  return (await selectOrderData(db, accountId)).map(({ id, ...order }) => ({
    ...order,
    lines: lines.get(id) ?? [],
    payments: payments.get(id) ?? [],
    history: history.get(id) ?? [],
  }));
}

async function readTickets(db: Kysely<Database>, accountId: string) {
  const history = groupBy(await selectTicketHistory(db, accountId), "ticketId");
  const scans = groupBy(await selectScanData(db, accountId), "ticketId");
  return (await selectTicketData(db, accountId)).map((ticket) => ({
    ...ticket,
    history: history.get(ticket.id) ?? [],
    scans: scans.get(ticket.id) ?? [],
  }));
}

/** Rows by one of their columns, and then without it. */
function groupBy<Row extends object, Column extends keyof Row>(
  rows: readonly Row[],
  column: Column,
): Map<Row[Column], Omit<Row, Column>[]> {
  const groups = new Map<Row[Column], Omit<Row, Column>[]>();
  for (const { [column]: key, ...rest } of rows) {
    const group = groups.get(key);
    if (group) group.push(rest);
    else groups.set(key, [rest]);
  }
  return groups;
}
