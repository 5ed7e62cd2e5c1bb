import { randomUUID } from "node:crypto";
import { announceReadyFactorResets, applyPaymentEvent } from "@tessera/core";
import {
  authenticatorCode,
  buy,
  makeDevice,
  makePasskey,
  queuedMail,
  registerAccount,
  secretOf,
  type TestContext,
} from "@tessera/core/testing";
import type { recordAnswers } from "./recording.ts";

export type World = Pick<TestContext, "ctx" | "clock"> & Pick<ReturnType<typeof recordAnswers>, "open">;
type Browser = ReturnType<World["open"]>;

const password = "marble torch over the river";
const newPassword = "seven lanterns on a slow boat";
const hour = 3_600_000;

/** The next code of an authenticator app: each works once. */
export function nextCode({ ctx, clock }: World, secret?: string): Promise<string> {
  clock.advance(30_000);
  return authenticatorCode(ctx.clock(), secret);
}

/** A visitor who does everything with an account that there is to do, buys, and leaves. Gives a code of a ticket. */
export async function liveAsVisitor(world: World): Promise<{ ticketCode: string; end: () => Promise<void> }> {
  const email = "camille@example.test";
  const shop = world.open("shop");
  const { secret } = await register(world, shop, email);
  await usePasskeys(world, shop);
  await replaceCodes(world, shop, secret);
  await changePassword(world, shop, { email, secret });
  const ticketCode = await buyTickets(world, shop);
  await handTicketsOver(world, shop, email);
  const newEmail = await changeEmail(world, shop, email);
  return { ticketCode, end: () => loseAndLeave(world, shop, newEmail) };
}

async function register(world: World, shop: Browser, email: string): Promise<{ secret: string }> {
  await shop.api.auth.accounts.me();
  const { registrationId } = await shop.api.auth.registration.begin({ email, locale: "fr" });
  const { code } = await queuedMail(world.ctx, email, "registration_code");
  await shop.api.auth.registration.checkCode({ registrationId, code });
  const account = { password, displayName: "Camille", locale: "fr" } as const;
  await shop.api.auth.registration.register({ registrationId, code, ...account });
  const { secret } = await shop.api.auth.factors.beginTotpEnrolment();
  await shop.api.auth.factors.confirmTotpEnrolment({ code: await nextCode(world, secret) });
  await shop.api.auth.accounts.setLocale({ locale: "en" });
  return { secret };
}

async function usePasskeys(world: World, shop: Browser): Promise<void> {
  const { passkey, response } = makePasskey(await shop.api.auth.factors.beginPasskeyEnrolment());
  await shop.api.auth.factors.confirmPasskeyEnrolment({ name: "Phone", response });
  const { passkeys } = await shop.api.auth.factors.list();
  const passkeyId = passkeys[0]?.id ?? "";
  await shop.api.auth.factors.renamePasskey({ passkeyId, name: "Old phone" });
  const wanted = await shop.api.auth.factors.beginPasskeyVerification();
  await shop.api.auth.factors.verifyPasskey({ response: passkey.show(wanted) });

  const elsewhere = world.open("shop");
  const signIn = async () => {
    const options = await elsewhere.api.auth.factors.beginPasskeySignIn();
    await elsewhere.api.auth.factors.signInWithPasskey({ response: passkey.show(options) });
  };
  await signIn();
  const authSessions = await shop.api.auth.authSessions.list();
  await shop.api.auth.authSessions.end({ authSessionId: authSessions.find(({ current }) => !current)?.id ?? "" });
  await signIn();
  await shop.api.auth.authSessions.endOthers();
  await shop.api.auth.factors.removePasskey({ passkeyId });
}

async function replaceCodes(world: World, shop: Browser, secret: string): Promise<void> {
  const { recoveryCodes } = await shop.api.auth.factors.replaceRecoveryCodes();
  await shop.api.auth.factors.verifyRecoveryCode({ code: recoveryCodes[0] ?? "" });
  await shop.api.auth.factors.verifyTotp({ code: await nextCode(world, secret) });
}

async function changePassword(
  world: World,
  shop: Browser,
  { email, secret }: { email: string; secret: string },
): Promise<void> {
  await shop.api.auth.passwords.change({ currentPassword: password, newPassword });
  await shop.api.auth.accounts.signOut();
  await shop.api.auth.passwords.requestReset({ email, locale: "fr" });
  const { link } = await queuedMail(world.ctx, email, "password_reset");
  await shop.api.auth.passwords.reset({ token: secretOf(link), password });
  // A refusal is an answer too.
  await Promise.allSettled([shop.api.auth.accounts.signIn({ email, password: newPassword })]);
  await shop.api.auth.accounts.signIn({ email, password });
  await shop.api.auth.factors.verifyTotp({ code: await nextCode(world, secret) });
}

async function buyTickets({ ctx }: World, shop: Browser): Promise<string> {
  const { tickets: api } = shop.api;
  await api.catalogue.programme();
  const { categories } = await api.catalogue.competitionSession({ code: "ATH01" });
  const offer = categories[0]?.offers[0];
  const line = { offerId: offer?.id ?? "", quantity: 1, unitPriceCents: offer?.priceCents ?? 0 };
  await shop.api.tickets.sales.availability({ offerIds: [line.offerId] });
  const reserve = () => shop.api.tickets.sales.reserve({ idempotencyKey: randomUUID(), lines: [line] });
  await shop.api.tickets.sales.cancelOrder(await reserve());
  const { orderId } = await reserve();
  await shop.api.tickets.sales.startPayment({ orderId, idempotencyKey: randomUUID() });
  const { payment } = await shop.api.tickets.sales.order({ orderId });
  await applyPaymentEvent(ctx, {
    id: "event-1",
    paymentId: payment?.id ?? "",
    kind: "succeeded",
    providerPaymentId: null,
  });
  await shop.api.tickets.sales.orders();

  const mine = await shop.api.tickets.tickets.mine({ orderId });
  const device = await makeDevice();
  await shop.api.tickets.tickets.serverTime();
  const ticketIds = mine.map(({ id }) => id);
  const challenges = await shop.api.tickets.tickets.activationChallenges({ ticketIds });
  await shop.api.tickets.tickets.activate({ tickets: await device.sign(challenges) });
  const tickets = ticketIds.map((ticketId) => ({ ticketId, expectedEpoch: 1 }));
  await shop.api.tickets.tickets.print({ tickets });
  await shop.api.tickets.tickets.nameCompanion({ ticketId: ticketIds[0] ?? "", name: "Camille’s guest" });
  const anew = await shop.api.tickets.tickets.activationChallenges({ ticketIds });
  const [active] = await shop.api.tickets.tickets.activate({ tickets: await device.sign(anew) });
  return device.show(active?.pass ?? "", ctx.clock());
}

/** A friend of the visitor's offers two tickets, thinks again, and offers them anew: one is refused, the other accepted. */
async function handTicketsOver(world: World, shop: Browser, email: string): Promise<void> {
  const { id: accountId, role, ...friend } = await registerAccount(world.ctx, "visitor");
  const giver = world.open("shop");
  await giver.api.auth.accounts.signIn({ email: friend.email, password: friend.password });
  await giver.api.auth.factors.verifyTotp({ code: await nextCode(world) });
  const holder = { accountId, role, displayName: friend.displayName, steppedUpUntil: world.ctx.clock() };
  const { tickets } = await buy(world.ctx, holder, { kind: "duo" });
  const offers = tickets.map(({ id: ticketId }) => ({ ticketId, email }));

  const given = await giver.api.tickets.handOvers.offer({ offers });
  await giver.api.tickets.handOvers.takeBack({ handOverIds: given.map(({ id }) => id) });
  await giver.api.tickets.handOvers.offer({ offers });
  const received = (await shop.api.tickets.handOvers.list()).filter(({ state }) => state === "offered");
  const [first = "", second = ""] = received.map(({ id }) => id);
  await shop.api.tickets.handOvers.refuse({ handOverIds: [first] });
  await shop.api.tickets.handOvers.accept({ handOverIds: [second] });
}

async function changeEmail({ ctx, clock }: World, shop: Browser, email: string): Promise<string> {
  const newEmail = "camille.new@example.test";
  await shop.api.auth.email.requestChange({ email: "camille.typo@example.test" });
  await shop.api.auth.email.withdrawChange();
  // The newest mail is told by its time.
  clock.advance(1);
  await shop.api.auth.email.requestChange({ email: newEmail });
  await shop.api.auth.email.pendingChange();
  const links = [await queuedMail(ctx, email, "email_change_old"), await queuedMail(ctx, newEmail, "email_change_new")];
  for (const { link } of links) await shop.api.auth.email.confirmChange({ token: secretOf(link) });
  return newEmail;
}

/** Every factor is lost, thought better of once, and then meant; and at last the account goes. */
async function loseAndLeave(world: World, shop: Browser, email: string): Promise<void> {
  const { ctx, clock } = world;
  await shop.api.auth.personalData.download();
  await shop.api.auth.accounts.signIn({ email, password });
  await shop.api.auth.factors.requestReset();
  const { cancelLink } = await queuedMail(ctx, email, "factor_reset_requested");
  await shop.api.auth.factors.cancelReset({ token: secretOf(cancelLink) });
  clock.advance(25 * hour);
  await shop.api.auth.accounts.signIn({ email, password });
  await shop.api.auth.factors.requestReset();
  // The password was reset and the address changed a short while ago.
  clock.advance(7 * 24 * hour);
  await announceReadyFactorResets(ctx);
  const { link } = await queuedMail(ctx, email, "factor_reset_ready");
  await shop.api.auth.factors.completeReset({ token: secretOf(link) });

  await shop.api.auth.accounts.signIn({ email, password });
  const { secret } = await shop.api.auth.factors.beginTotpEnrolment();
  await shop.api.auth.factors.confirmTotpEnrolment({ code: await nextCode(world, secret) });
  const { response } = makePasskey(await shop.api.auth.factors.beginPasskeyEnrolment());
  await shop.api.auth.factors.confirmPasskeyEnrolment({ name: "Key", response });
  await shop.api.auth.factors.removeTotp();
  await shop.api.auth.personalData.deleteAccount({ giveUpTickets: true });
}
