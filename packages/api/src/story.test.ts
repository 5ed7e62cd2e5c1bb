import { randomUUID } from "node:crypto";
import { applyPaymentEvent, ensureOrganiserKeys, foldSales } from "@tessera/core";
import {
  authenticatorCode,
  claimOf,
  makeDevice,
  makeTabletKey,
  queuedMail,
  registerAccount,
  signRecord,
  stockProgramme,
  testContext,
} from "@tessera/core/testing";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openBrowser } from "./testing/browser.ts";

let database: TestDatabase;
const gatesOpen = new Date("2028-07-20T15:30:00Z");

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

async function openWorld() {
  const world = testContext({ db: database.db, now: gatesOpen });
  await ensureOrganiserKeys(world.ctx);
  await stockProgramme(world.ctx, [
    { code: "ATH01", category: "A", priceCents: 120_01 },
    { code: "SWM01", category: "B", priceCents: 80_00 },
  ]);
  return world;
}

describe("the story", () => {
  test("an account with a second factor, seats, a code, the gate, the gate again, the sale", async () => {
    const { ctx, clock } = await openWorld();
    const code = (secret?: string) => authenticatorCode(ctx.clock(), secret);

    const shop = openBrowser(ctx, "shop");
    const { registrationId } = await shop.api.auth.registration.begin({ email: "lea@example.test", locale: "fr" });
    const mail = await queuedMail(ctx, "lea@example.test", "registration_code");
    await shop.api.auth.registration.checkCode({ registrationId, code: mail.code });
    await shop.api.auth.registration.register({
      registrationId,
      code: mail.code,
      displayName: "Léa Martin",
      locale: "fr",
      password: "marble torch over the river",
    });
    await expect(shop.api.tickets.sales.orders()).rejects.toMatchObject({ message: "second_factor_required" });
    const { secret } = await shop.api.auth.factors.beginTotpEnrolment();
    const { recoveryCodes } = await shop.api.auth.factors.confirmTotpEnrolment({ code: await code(secret) });
    expect(recoveryCodes).toHaveLength(10);

    const { competitionSessions } = await shop.api.tickets.catalogue.programme();
    expect(competitionSessions.map((row) => [row.code, row.fromCents, row.availability])).toEqual([
      ["ATH01", 120_01, "available"],
      ["SWM01", 80_00, "available"],
    ]);
    const lines = await Promise.all(
      (
        [
          ["ATH01", "duo"],
          ["SWM01", "family"],
        ] as const
      ).map(async ([session, kind]) => {
        const { categories } = await shop.api.tickets.catalogue.competitionSession({ code: session });
        const offer = categories.flatMap(({ offers }) => offers).find((one) => one.kind === kind);
        return { offerId: offer?.id ?? "", quantity: 1, unitPriceCents: offer?.priceCents ?? 0 };
      }),
    );
    const held = await shop.api.tickets.sales.reserve({ idempotencyKey: randomUUID(), lines });
    expect(held).toMatchObject({ totalCents: 560_02, holdExpiresAt: "2028-07-20T15:45:00.000Z" });
    await shop.api.tickets.sales.startPayment({ orderId: held.orderId, idempotencyKey: randomUUID() });
    const { payment } = await shop.api.tickets.sales.order({ orderId: held.orderId });
    await applyPaymentEvent(ctx, {
      id: "event-1",
      paymentId: payment?.id ?? "",
      kind: "succeeded",
      providerPaymentId: null,
    });
    expect(await shop.api.tickets.sales.order({ orderId: held.orderId })).toMatchObject({ state: "paid" });

    const tickets = await shop.api.tickets.tickets.mine({ orderId: held.orderId });
    expect(tickets).toHaveLength(6);
    const device = await makeDevice();
    const { api } = shop;
    const challenges = await api.tickets.tickets.activationChallenges({ ticketIds: tickets.map(({ id }) => id) });
    const passes = await api.tickets.tickets.activate({ tickets: await device.sign(challenges) });
    const atAthletics = tickets.find((ticket) => ticket.competitionSession.code === "ATH01");
    const pass = passes.find(({ ticketId }) => ticketId === atAthletics?.id)?.pass ?? "";

    const dashboardOf = async (role: "supervisor" | "admin") => {
      const { email, password } = await registerAccount(ctx, role);
      const browser = openBrowser(ctx, "admin");
      await browser.api.auth.accounts.signIn({ email, password });
      await browser.api.auth.factors.verifyTotp({ code: await code() });
      return browser;
    };
    const { scanners } = (await dashboardOf("supervisor")).api.admin;
    const venue = (await scanners.choices()).find(({ competitionSessions: [one] }) => one?.code === "ATH01");
    const competitionSessionId = venue?.competitionSessions[0]?.id ?? "";
    const gateId = venue?.gates[1]?.id ?? "";
    const wanted = { name: "Porte B", gateId, competitionSessionIds: [competitionSessionId] };
    const invitation = await scanners.invite(wanted);

    const { scannerId } = invitation;
    const scanner = openBrowser(ctx, "scanner", () => scannerId);
    const key = makeTabletKey();
    await scanner.api.validation.scanners.claim(await claimOf(invitation.code, key));
    const staff = await registerAccount(ctx, "staff");
    await scanner.api.auth.accounts.signIn({ email: staff.email, password: staff.password });
    await expect(scanner.api.validation.shifts.begin()).rejects.toMatchObject({ message: "second_factor_required" });
    await scanner.api.auth.factors.verifyTotp({ code: await code() });
    await expect(scanner.api.validation.shifts.begin()).rejects.toMatchObject({ message: "scanner_not_enrolled" });
    await scanners.confirm({ scannerId });
    const { id: shiftId } = await scanner.api.validation.shifts.begin();
    let number = 0;
    const scan = async (text: string) => {
      const question = {
        number: (number += 1),
        shiftId,
        at: ctx.clock().toISOString(),
        competitionSessionId,
        gateId,
        direction: "in",
        means: "camera",
        code: text,
        ticketId: null,
      } as const;
      const { gate } = scanner.api.validation;
      const verdict = await gate.ask(question);
      const { outcome, reason } = verdict;
      const known = { shown: outcome, confirmed: true, listNumber: null, cutOff: false, clockInDoubt: false };
      const record = await signRecord({ scannerId, ...key }, { kind: "scan", ...question, outcome, reason, ...known });
      expect(await gate.upload({ records: [record] })).toEqual({ taken: [number], refused: [] });
      return verdict;
    };
    const screenshot = await device.show(pass, ctx.clock());
    expect(await scan(screenshot)).toMatchObject({
      outcome: "admit",
      ticket: { holderName: "Léa Martin", kind: "duo", category: "A" },
    });
    clock.advance(60_000);
    expect(await scan(screenshot)).toMatchObject({ outcome: "refuse", reason: "stale_code" });
    expect(await scan(await device.show(pass, ctx.clock()))).toMatchObject({
      outcome: "refuse",
      reason: "already_admitted",
      first: { at: gatesOpen.toISOString(), gate: { code: "B" } },
    });

    const dashboard = await dashboardOf("admin");
    const figures = { tickets: 6, amountCents: 560_02, orders: 1 };
    expect(await dashboard.api.admin.sales.summary()).toMatchObject(figures);
    await foldSales(ctx);
    expect(await dashboard.api.admin.sales.summary()).toMatchObject(figures);
    const { rows } = await dashboard.api.admin.sales.byOffer({});
    expect(rows.map((row) => [row.competitionSession.code, row.kind, row.tickets, row.amountCents])).toEqual([
      ["SWM01", "family", 4, 320_00],
      ["ATH01", "duo", 2, 240_02],
    ]);
  });
});
