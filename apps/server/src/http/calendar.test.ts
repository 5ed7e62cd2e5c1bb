import { randomUUID } from "node:crypto";
import { reserveSeats } from "@tessera/core";
import { authenticatorCode, registerAccount, testContext, offerIn, stockProgramme } from "@tessera/core/testing";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { testApp } from "../testing/test-app.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

it("gives an order's calendar to the visitor whose order it is, and to nobody else", async () => {
  const { ctx } = testContext({ db: database.db });
  await stockProgramme(ctx, [{}]);
  const { app } = testApp(ctx);
  const owner = await registerAccount(ctx, "visitor");
  const { offerId, unitPriceCents } = await offerIn(ctx, {});
  const actor = { accountId: owner.id, role: owner.role, displayName: owner.displayName, steppedUpUntil: ctx.clock() };
  const { orderId, reference } = await reserveSeats(ctx, actor, {
    idempotencyKey: randomUUID(),
    lines: [{ offerId, quantity: 1, unitPriceCents }],
  });
  const url = `/orders/${orderId}/calendar.ics`;

  const cookieOf = (response: Response): string => response.headers.getSetCookie()[0]?.split(";")[0] ?? "";
  const call = (procedure: string, input: unknown, cookie = "") =>
    app.request(`/trpc/auth.${procedure}`, {
      method: "POST",
      body: JSON.stringify(input),
      headers: { "content-type": "application/json", cookie },
    });
  const signIn = async ({ email, password }: { email: string; password: string }): Promise<string> => {
    const half = cookieOf(await call("accounts.signIn", { email, password }));
    expect((await app.request(url, { headers: { cookie: half } })).status).toBe(401);
    return cookieOf(await call("factors.verifyTotp", { code: await authenticatorCode(ctx.clock()) }, half));
  };

  expect((await app.request(url)).status).toBe(401);
  const mine = await app.request(url, { headers: { cookie: await signIn(owner) } });
  expect(mine.status).toBe(200);
  expect(mine.headers.get("content-type")).toContain("text/calendar");
  expect(mine.headers.get("content-disposition")).toContain(reference);
  expect(await mine.text()).toContain("SUMMARY:Athlétisme");

  const stranger = await signIn(await registerAccount(ctx, "visitor"));
  expect((await app.request(url, { headers: { cookie: stranger } })).status).toBe(404);
  expect((await app.request("/orders/nonsense/calendar.ics", { headers: { cookie: stranger } })).status).toBe(404);
});
