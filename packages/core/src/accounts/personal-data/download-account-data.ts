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
  selectOrderData,
  selectOrderHistory,
  selectOrderLineData,
  selectPaymentData,
  selectScanData,
  selectTicketData,
  selectTicketHistory,
} from "./purchase-data.queries.ts";

/**
 * Everything that is kept of a person, as a document that people and machines can read (GDPR, articles 15 and 20): the
 * account, what it signs in with, where it is signed in, what was bought, paid, issued and let in, and what was written
 * down. Moments are ISO 8601, money is integer cents. No secret, hash or key is in it.
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
    mails: await selectMailData(db, accountId),
    auditEntries: await selectAuditData(db, accountId),
  };
  return accountData.parse(JSON.parse(JSON.stringify(data)));
}

async function readOrders(db: Kysely<Database>, accountId: string) {
  const lines = Map.groupBy(await selectOrderLineData(db, accountId), ({ orderId }) => orderId);
  const history = Map.groupBy(await selectOrderHistory(db, accountId), ({ orderId }) => orderId);
  const payments = Map.groupBy(await selectPaymentData(db, accountId), ({ orderId }) => orderId);
  return (await selectOrderData(db, accountId)).map(({ id, ...order }) => ({
    ...order,
    lines: (lines.get(id) ?? []).map(({ orderId: _, ...line }) => line),
    payments: (payments.get(id) ?? []).map(({ orderId: _, ...payment }) => payment),
    history: (history.get(id) ?? []).map(({ orderId: _, ...event }) => event),
  }));
}

async function readTickets(db: Kysely<Database>, accountId: string) {
  const history = Map.groupBy(await selectTicketHistory(db, accountId), ({ ticketId }) => ticketId);
  const scans = Map.groupBy(await selectScanData(db, accountId), ({ ticketId }) => ticketId);
  return (await selectTicketData(db, accountId)).map(({ orderId: _order, ...ticket }) => ({
    ...ticket,
    history: (history.get(ticket.id) ?? []).map(({ ticketId: _, ...event }) => event),
    scans: (scans.get(ticket.id) ?? []).map(({ ticketId: _, ...scan }) => scan),
  }));
}
