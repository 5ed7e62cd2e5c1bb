import { randomUUID } from "node:crypto";
import type { Audience } from "@tessera/contracts";
import { applyPaymentEvent } from "@tessera/core";
import { buy, queuedMail, registerAccount, registerVisitor, secretOf } from "@tessera/core/testing";
import { liveAtTheGate } from "./gate-story.ts";
import { nextCode, type World } from "./visitor-story.ts";

const password = "marble torch over the river";
const newcomer = { displayName: "Noor", password, locale: "en" } as const;

/** Two admins and those whom they invite, with everything that they do. */
export async function liveAsStaff(world: World, ticketCode: string): Promise<void> {
  const [first, second] = [await signInAs(world, "admin"), await signInAs(world, "admin")];
  await lookAtSales(first);
  await payBack(world, first);
  await changeSettings(first);
  await changeOffers(first);
  await changeCapacities(first, second);
  await workAtTheGate(world, first, ticketCode);
  await changeStaff(world, first, second);
  await cancel(first);
  await first.api.admin.audit.entries({ action: null, accountId: null, before: null });
}

type Browser = ReturnType<World["open"]>;

async function signInAs(world: World, role: "admin"): Promise<Browser> {
  const account = await registerAccount(world.ctx, role);
  const browser = world.open("admin");
  await browser.api.auth.accounts.signIn({ email: account.email, password: account.password });
  await browser.api.auth.factors.verifyTotp({ code: await nextCode(world) });
  return browser;
}

async function lookAtSales(admin: Browser): Promise<void> {
  await admin.api.admin.sales.summary();
  await admin.api.admin.sales.byOffer({});
  await admin.api.admin.sales.byCompetitionSession({});
}

/** A refund that the bank takes back, and that is tried again. */
async function payBack({ ctx }: World, { api }: Browser): Promise<void> {
  const { sales } = api.admin;
  const { order, paymentId } = await buy(ctx, await registerVisitor(ctx), { kind: "duo" });
  await sales.orders({ search: order.reference });
  const { tickets } = await sales.order({ orderId: order.id });
  const wanted = { orderId: order.id, ticketIds: [tickets[0]?.id ?? ""], note: "Fell ill" };
  const { refunds } = await sales.refundTickets({ ...wanted, idempotencyKey: randomUUID() });
  const refundId = refunds[0]?.id ?? "";
  await applyPaymentEvent(ctx, { id: "refund-event-1", paymentId, refundId, attempt: 1, kind: "refund_failed" });
  await sales.retryRefund({ refundId });
  const other = { ticketId: tickets[1]?.id ?? "" };
  await api.admin.tickets.block({ ...other, note: "Sold by a stranger" });
  await api.admin.tickets.unblock(other);
}

async function changeSettings({ api }: Browser): Promise<void> {
  const { sales } = api.admin;
  await sales.changeSettings({ ...(await sales.settings()), taxRateBp: 1000 });
}

async function changeOffers({ api }: Browser): Promise<void> {
  const { catalogue } = api.admin;
  await catalogue.offers({ page: 1, pageSize: 10, search: "" });
  const [pool] = await catalogue.seatPools({ search: "" });
  const terms = { name: null, priceCents: 9_00, salesOpenAt: null, salesCloseAt: null, maxPerOrder: 2 };
  const group = { kind: "group" as const, persons: 9, seatPoolIds: [pool?.seatPoolId ?? ""] };
  const { id: offerId } = await catalogue.createOffer({ ...terms, ...group });
  await catalogue.updateOffer({ ...terms, offerId, version: 1 });
  await catalogue.publishOffer({ offerId, version: 2 });
  await catalogue.withdrawOffer({ offerId, version: 3 });
  await catalogue.offer({ offerId });
}

async function changeCapacities(first: Browser, second: Browser): Promise<void> {
  const { catalogue } = first.api.admin;
  const [pool] = await catalogue.seatPools({ search: "" });
  const ask = async () => {
    const from = (await catalogue.seatPools({ search: "" }))[0]?.capacity ?? 0;
    return catalogue.changeCapacity({ seatPoolId: pool?.seatPoolId ?? "", from, capacity: 2 * from });
  };
  await catalogue.rejectCapacityChange({ changeId: (await ask()).id });
  await second.api.admin.catalogue.approveCapacityChange({ changeId: (await ask()).id });
  await catalogue.capacityChanges();
}

/** What cannot be undone comes last. */
async function cancel({ api }: Browser): Promise<void> {
  const { catalogue } = api.admin;
  const [pool] = await catalogue.seatPools({ search: "" });
  const competitionSessionId = pool?.competitionSession.id ?? "";
  await catalogue.changeHandOver({ competitionSessionId, allowed: false });
  const { competitionSession } = await catalogue.competitionSession({ competitionSessionId });
  await catalogue.cancelCompetitionSession({ competitionSessionId, code: competitionSession.code, note: "Storm" });
}

async function workAtTheGate(world: World, admin: Browser, code: string): Promise<void> {
  const supervisor = await join(world, admin, { role: "supervisor", audience: "admin" });
  const { email, password: own } = await registerAccount(world.ctx, "staff");
  const signIn = async (tablet: Browser) => {
    await tablet.api.auth.accounts.signIn({ email, password: own });
    await tablet.api.auth.factors.verifyTotp({ code: await nextCode(world) });
  };
  await liveAtTheGate(world, { supervisor, admin, signIn, code });
}

/** Somebody who accepts an invitation and enrols. */
async function join(
  world: World,
  admin: Browser,
  { role, audience }: { role: "supervisor"; audience: Audience },
): Promise<Browser> {
  const email = `${role}-${randomUUID()}@example.test`;
  await admin.api.admin.staff.invite({ email, role, locale: "en" });
  const token = secretOf((await queuedMail(world.ctx, email, "invitation")).link);
  const browser = world.open(audience);
  await browser.api.auth.invitations.read({ token });
  await browser.api.auth.invitations.accept({ token, account: newcomer });
  const { secret } = await browser.api.auth.factors.beginTotpEnrolment();
  await browser.api.auth.factors.confirmTotpEnrolment({ code: await nextCode(world, secret) });
  return browser;
}

async function changeStaff(world: World, first: Browser, second: Browser): Promise<void> {
  await first.api.admin.staff.invite({ email: "nobody@example.test", role: "admin", locale: "fr" });
  const { invitations } = await first.api.admin.staff.list();
  await first.api.admin.staff.revokeInvitation({ invitationId: invitations[0]?.id ?? "" });

  const employee = await registerAccount(world.ctx, "staff");
  const { staff } = first.api.admin;
  const { id: accountId } = employee;
  await staff.changeRole({ accountId, role: "supervisor" });
  await staff.disable({ accountId });
  await staff.enable({ accountId });
  const reset = async () => {
    await staff.requestFactorReset({ accountId });
    const { employees } = await second.api.admin.staff.list();
    return { factorResetId: employees.find(({ id }) => id === accountId)?.factorReset?.id ?? "" };
  };
  await second.api.admin.staff.cancelFactorReset(await reset());
  await second.api.admin.staff.approveFactorReset(await reset());
}
