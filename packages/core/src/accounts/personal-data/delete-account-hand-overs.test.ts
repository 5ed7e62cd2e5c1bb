import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { CoreContext } from "../../context.ts";
import {
  buy,
  demandProof,
  handOver,
  offerTo,
  queuedMailsFor,
  registerVisitor,
  stockProgramme,
  testContext,
} from "../../testing/index.ts";
import { acceptHandOvers } from "../../tickets/hand-overs/accept-hand-overs.ts";
import { deleteAccount } from "./delete-account.ts";

let database: TestDatabase;
let ctx: CoreContext;

beforeAll(async () => {
  database = await createTestDatabase();
  ({ ctx } = testContext({ db: database.db }));
  await stockProgramme(ctx, [{ code: "ATH01" }]);
});
afterAll(() => database.drop());

const idsOf = ({ tickets }: { tickets: { id: string }[] }): string[] => tickets.map(({ id }) => id);

test("ends what is on its way to and from it, tells the others, and forgets who it was", async () => {
  const [actor, other] = [await registerVisitor(ctx), await registerVisitor(ctx)];
  const [mine = "", given = "", handed = ""] = idsOf(await buy(ctx, actor, { quantity: 3 }));
  const [offered = "", received = ""] = idsOf(await buy(ctx, other, { kind: "duo" }));
  await handOver(ctx, { giver: actor, receiver: other, ticketIds: [handed] });
  await handOver(ctx, { giver: other, receiver: actor, ticketIds: [received] });
  await offerTo(ctx, actor, { email: other.email, ticketIds: [given] });
  await offerTo(ctx, other, { email: actor.email, ticketIds: [offered] });

  // What was received is held, and what was handed over is not.
  const held = { code: "tickets_still_held", details: { count: 3 } };
  await expect(deleteAccount(ctx, actor, { giveUpTickets: false })).rejects.toMatchObject(held);
  await deleteAccount(ctx, actor, { giveUpTickets: true });

  const rows = database.ownerDb.selectFrom("hand_over").select(["ticket_id", "state", "from_name", "to_email"]);
  const name = other.displayName;
  expect(await rows.where("from_account_id", "in", [actor.accountId, other.accountId]).execute()).toEqual(
    expect.arrayContaining([
      { ticket_id: handed, state: "accepted", from_name: null, to_email: null },
      { ticket_id: given, state: "void", from_name: null, to_email: null },
      { ticket_id: received, state: "accepted", from_name: name, to_email: null },
      { ticket_id: offered, state: "refused", from_name: name, to_email: null },
    ]),
  );
  const tickets = database.ownerDb.selectFrom("ticket").select(["id", "state", "holder_name"]);
  expect(await tickets.where("id", "in", [mine, given, handed, offered, received]).execute()).toEqual(
    expect.arrayContaining([
      ...[mine, given, received].map((id) => ({ id, state: "cancelled", holder_name: "—" })),
      ...[handed, offered].map((id) => ({ id, state: "issued", holder_name: name })),
    ]),
  );
  const outcomes = (await queuedMailsFor(ctx, other)).flatMap((mail) =>
    mail.template === "hand_over_ended" ? [`${mail.to}: ${mail.outcome}`] : [],
  );
  expect(outcomes).toEqual(expect.arrayContaining(["giver: refused", "receiver: void"]));
  await demandProof(ctx);
});

test("leaving and accepting at once, from either side: nobody who has left holds a ticket", async () => {
  for (let round = 0; round < 6; round += 1) {
    const [giver, receiver] = [await registerVisitor(ctx), await registerVisitor(ctx)];
    const [ticketId = ""] = idsOf(await buy(ctx, giver));
    const handOverIds = await offerTo(ctx, giver, { email: receiver.email, ticketIds: [ticketId] });
    const leaving = round % 2 === 0 ? giver : receiver;
    const [left, accepted] = await Promise.allSettled([
      deleteAccount(ctx, leaving, { giveUpTickets: true }),
      acceptHandOvers(ctx, receiver, { handOverIds }),
    ]);
    expect(left.status).toBe("fulfilled");
    const row = database.ownerDb.selectFrom("ticket").select(["state", "holder_account_id"]).where("id", "=", ticketId);
    const isReceivers = accepted.status === "fulfilled";
    const holder = isReceivers ? receiver : giver;
    const state = holder === leaving ? "cancelled" : "issued";
    expect(await row.execute()).toEqual([{ state, holder_account_id: holder.accountId }]);
    const open = database.ownerDb.selectFrom("hand_over").select("state").where("ticket_id", "=", ticketId);
    expect(await open.where("state", "=", "offered").execute()).toEqual([]);
  }
  await demandProof(ctx);
});

test("leaving and being offered something at once: no mail keeps the address of who has left", async () => {
  for (let round = 0; round < 6; round += 1) {
    const [giver, receiver] = [await registerVisitor(ctx), await registerVisitor(ctx)];
    const ticketIds = idsOf(await buy(ctx, giver, { kind: "duo" }));
    const offering = () => offerTo(ctx, giver, { email: receiver.email, ticketIds });
    const leaving = () => deleteAccount(ctx, receiver, { giveUpTickets: false });
    await Promise.all(round % 2 === 0 ? [offering(), leaving()] : [leaving(), offering()]);
    const sealed = database.ownerDb.selectFrom("mail").select("template").where("sealed_content", "is not", null);
    expect(await sealed.where("account_id", "=", receiver.accountId).execute()).toEqual([
      { template: "account_deleted" },
    ]);
  }
  await demandProof(ctx);
});
