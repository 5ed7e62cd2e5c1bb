import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Actor } from "../../ports.ts";
import {
  buy,
  handOver,
  offerTo,
  queuedMails,
  registerVisitor,
  stockProgramme,
  testContext,
  type TestContext,
  testRequester,
  withoutLimits,
} from "../../testing/index.ts";
import { blockTicket } from "../block-ticket.ts";
import { listTickets } from "../list-tickets.ts";
import { acceptHandOvers } from "./accept-hand-overs.ts";
import { refuseHandOvers, takeBackHandOvers } from "./end-hand-overs.ts";
import { selectHandOvers } from "./hand-overs.queries.ts";
import { listHandOvers } from "./list-hand-overs.ts";
import { offerHandOvers } from "./offer-hand-overs.ts";
import { endAndTell } from "./tell-parties.ts";

type Person = Actor & { email: string };

const start = new Date("2028-07-14T12:00:00Z");
const hour = 3_600_000;
let database: TestDatabase;
let world: TestContext;
let giver: Person;
let receiver: Person;

beforeAll(async () => {
  database = await createTestDatabase();
  world = testContext({ db: database.db, now: start });
  world = { ...world, ctx: withoutLimits(world.ctx) };
  // It starts on the 20th of July at 16:00 UTC: the gates open at 14:30, and it closes at 11:30.
  await stockProgramme(world.ctx, [{ code: "ATH01", capacity: 400 }]);
});
afterAll(() => database.drop());
beforeEach(async () => {
  world.clock.set(start);
  [giver, receiver] = [await registerVisitor(world.ctx), await registerVisitor(world.ctx)];
});

const bought = async (kind: "solo" | "duo" | "family" = "solo", buyer: Actor = giver) =>
  (await buy(world.ctx, buyer, { kind })).tickets.map(({ id }) => id);
const offer = (ticketIds: readonly string[], email = receiver.email) => offerTo(world.ctx, giver, { email, ticketIds });
const accept = (handOverIds: readonly string[], who = receiver) => acceptHandOvers(world.ctx, who, { handOverIds });
const refuse = (handOverIds: readonly string[], who = receiver) => refuseHandOvers(world.ctx, who, { handOverIds });
const takeBack = (handOverIds: readonly string[], who = giver) => takeBackHandOvers(world.ctx, who, { handOverIds });
const ticketsOf = async (who: Actor) => (await listTickets(world.ctx, who, {})).map(({ id }) => id).toSorted();
/** In the order of their templates: of one moment any may be the newest. */
const mailsTo = async ({ email }: { email: string }) =>
  (await queuedMails(world.ctx, email))
    .map(({ content }) => content)
    .filter(({ template }) => template !== "order_paid")
    .toSorted((one, other) => one.template.localeCompare(other.template));

const accountRow = (who: Actor) => database.ownerDb.updateTable("account").where("id", "=", who.accountId);

describe("a ticket that is handed over", () => {
  test("has a purchase key that no other ticket has, nor any epoch before", async () => {
    const ticketIds = [...(await bought()), ...(await bought())];
    await accept(await offer(ticketIds));
    const epochs = await database.ownerDb
      .selectFrom("ticket_epoch")
      .select(["ticket_id as rowId", "epoch", "sealed_purchase_key"])
      .where("ticket_id", "in", ticketIds)
      .execute();
    const place = { table: "ticket_epoch", column: "sealed_purchase_key" };
    const keys = epochs.map(({ sealed_purchase_key: sealed, ...row }) =>
      world.ctx.keyring.open("purchase", sealed, { ...place, ...row }).toString("hex"),
    );
    expect(epochs.length).toBeGreaterThanOrEqual(4);
    expect(new Set(keys).size).toBe(epochs.length);
  });

  test("has another holder, name, purchase key and epoch from one moment on, and no pass", async () => {
    const [ticketId = ""] = await bought();
    const [handOverId = ""] = await offer([ticketId]);
    expect(await listTickets(world.ctx, giver, {})).toMatchObject([
      { id: ticketId, handOver: { state: "offered", offered: { id: handOverId, email: receiver.email } } },
    ]);
    world.clock.advance(hour);
    const at = world.ctx.clock();
    expect(await accept([handOverId])).toMatchObject([
      { id: handOverId, state: "accepted", direction: "received", other: "Camille Test", endedAt: at, orderId: null },
    ]);
    expect(await ticketsOf(giver)).toEqual([]);
    expect(await listTickets(world.ctx, receiver, {})).toMatchObject([
      { id: ticketId, epoch: 1, orderId: null, orderReference: null, activation: { state: "open" } },
    ]);
    const epochs = await database.ownerDb
      .selectFrom("ticket_epoch")
      .select(["epoch", "holder_account_id", "sealed_purchase_key", "pass_sha256"])
      .where("ticket_id", "=", ticketId)
      .orderBy("epoch")
      .execute();
    expect(epochs).toMatchObject([
      { holder_account_id: giver.accountId },
      { holder_account_id: receiver.accountId, pass_sha256: null },
    ]);
    const keys = epochs.map(({ epoch, sealed_purchase_key: sealed }) =>
      world.ctx.keyring
        .open("purchase", sealed, { table: "ticket_epoch", column: "sealed_purchase_key", rowId: ticketId, epoch })
        .toString("hex"),
    );
    expect(keys[1]).toHaveLength(64);
    expect(keys[1]).not.toBe(keys[0]);
    const written = database.ownerDb.selectFrom("audit_entry").select(["action", "actor_id", "details"]);
    expect(await written.where("subject_id", "=", ticketId).orderBy("at").execute()).toEqual([
      { action: "ticket.offered", actor_id: giver.accountId, details: { handOverId } },
      { action: "ticket.handed_over", actor_id: receiver.accountId, details: { handOverId } },
    ]);
    const history = database.ownerDb.selectFrom("ticket_event").select(["kind", "epoch"]).orderBy("at");
    expect(await history.where("ticket_id", "=", ticketId).execute()).toEqual([
      { kind: "issued", epoch: 0 },
      { kind: "handed_over", epoch: 1 },
    ]);
  });

  test("bears the name of whoever has it, and can go on from there, and back", async () => {
    await accountRow(receiver).set({ display_name: "Noor Receiver" }).execute();
    const ticketIds = await bought();
    await handOver(world.ctx, { giver, receiver, ticketIds });
    expect(await listTickets(world.ctx, receiver, {})).toMatchObject([{ holderName: "Noor Receiver", epoch: 1 }]);
    await handOver(world.ctx, { giver: receiver, receiver: giver, ticketIds });
    expect(await listTickets(world.ctx, giver, {})).toMatchObject([{ holderName: "Camille Test", epoch: 2 }]);
  });

  test("of a family goes to four people in one call, each told once for everything", async () => {
    const [first = "", second = "", third = "", fourth = ""] = await bought("family");
    const friend = await registerVisitor(world.ctx);
    const offers = [
      { ticketId: first, email: receiver.email },
      { ticketId: second, email: receiver.email },
      { ticketId: third, email: friend.email },
      { ticketId: fourth, email: "nobody-yet@example.test" },
    ];
    const made = await offerHandOvers(world.ctx, giver, { offers }, testRequester);
    expect(made).toHaveLength(4);
    const [mail, ...more] = await mailsTo(receiver);
    expect(more).toEqual([]);
    expect(mail).toMatchObject({
      template: "hand_over_offered",
      giver: "Camille Test",
      expiresAt: "2028-07-20T11:30:00.000Z",
      link: "https://tickets.test/hand-overs",
    });
    expect(mail).toMatchObject({ tickets: [{ competitionSessionCode: "ATH01" }, { competitionSessionCode: "ATH01" }] });
    expect(await mailsTo(friend)).toHaveLength(1);
    expect(await mailsTo({ email: "nobody-yet@example.test" })).toHaveLength(1);

    const mine = await listHandOvers(world.ctx, receiver);
    await accept(mine.map(({ id }) => id));
    expect(await ticketsOf(receiver)).toEqual([first, second].toSorted());
    expect(await mailsTo(receiver)).toMatchObject([
      { template: "hand_over_ended", outcome: "accepted", to: "receiver", other: "Camille Test" },
      { template: "hand_over_offered" },
    ]);
    expect(await mailsTo(giver)).toMatchObject([
      { template: "hand_over_ended", outcome: "accepted", to: "giver", other: receiver.email, tickets: [{}, {}] },
    ]);
  });

  test("can be refused or taken back, and both are told; the giver keeps it as it was", async () => {
    const [first = "", second = ""] = await bought("duo");
    const [refused = "", takenBack = ""] = [...(await offer([first])), ...(await offer([second]))];
    expect(await refuse([refused])).toMatchObject([{ state: "refused", direction: "received" }]);
    expect(await takeBack([takenBack])).toMatchObject([{ state: "taken_back", direction: "given" }]);
    expect(await listTickets(world.ctx, giver, {})).toMatchObject([
      { epoch: 0, handOver: { state: "open", offered: null } },
      { epoch: 0, handOver: { state: "open", offered: null } },
    ]);
    const outcomes = async (who: Person) =>
      (await mailsTo(who)).flatMap((mail) =>
        mail.template === "hand_over_ended" ? [`${mail.to} ${mail.outcome}`] : [],
      );
    expect((await outcomes(giver)).toSorted()).toEqual(["giver refused", "giver taken_back"]);
    expect((await outcomes(receiver)).toSorted()).toEqual(["receiver refused", "receiver taken_back"]);
    // And then it may be offered again.
    await offer([first, second]);
  });

  test("is blocked meanwhile: the offer is void, and both are told", async () => {
    const [ticketId = ""] = await bought();
    const [handOverId = ""] = await offer([ticketId]);
    const admin = await registerVisitor(world.ctx, "admin");
    await blockTicket(world.ctx, admin, { ticketId, note: "stolen" });
    await expect(accept([handOverId])).rejects.toMatchObject({ code: "hand_over_ended", details: { state: "void" } });
    expect((await mailsTo(giver))[0]).toMatchObject({ outcome: "void", to: "giver" });
    expect((await mailsTo(receiver))[0]).toMatchObject({ outcome: "void", to: "receiver" });
    await expect(offer([ticketId])).rejects.toMatchObject({ code: "ticket_blocked" });
  });
});

describe("the same again", () => {
  test("answers the same, whichever act it was, and tells nobody twice", async () => {
    const [first = "", second = "", third = ""] = await bought("family");
    const once = await offerHandOvers(
      world.ctx,
      giver,
      { offers: [{ ticketId: first, email: receiver.email }] },
      testRequester,
    );
    const again = await offer([first, second, third]);
    expect(again).toContain(once[0]?.id);
    const [one = "", two = "", three = ""] = (await listHandOvers(world.ctx, giver))
      .toSorted((a, b) => [first, second, third].indexOf(a.ticketId) - [first, second, third].indexOf(b.ticketId))
      .map(({ id }) => id);
    expect(await accept([one])).toEqual(await accept([one]));
    expect(await refuse([two])).toEqual(await refuse([two]));
    expect(await takeBack([three])).toEqual(await takeBack([three]));
    expect((await mailsTo(receiver)).map(({ template }) => template)).toEqual([
      "hand_over_ended",
      "hand_over_ended",
      "hand_over_ended",
      "hand_over_offered",
      "hand_over_offered",
    ]);
    expect(await listTickets(world.ctx, receiver, {})).toMatchObject([{ epoch: 1 }]);
  });

  test("is another act when it is over: each says what became of it", async () => {
    const [handOverId = ""] = await offer(await bought());
    await refuse([handOverId]);
    const over = { code: "hand_over_ended", details: { state: "refused" } };
    await expect(accept([handOverId])).rejects.toMatchObject(over);
    await expect(takeBack([handOverId])).rejects.toMatchObject(over);
  });
});

test("the list has what is open first, then the newest", async () => {
  const [first = "", second = "", third = ""] = await bought("family");
  await offer([first]);
  world.clock.advance(hour);
  await takeBack(await offer([second]));
  world.clock.advance(hour);
  await refuse(await offer([third]));
  const listed = (await listHandOvers(world.ctx, giver)).map(({ state, other }) => [state, other]);
  expect(listed).toEqual([
    ["offered", receiver.email],
    ["refused", receiver.email],
    ["taken_back", receiver.email],
  ]);
  expect((await listHandOvers(world.ctx, receiver)).map(({ direction }) => direction)).toEqual(
    Array.from({ length: 3 }, () => "received"),
  );
});

test("one that has ended is not ended again, even by who forgets to look behind the lock", async () => {
  const handOverIds = await offer(await bought());
  const open = await selectHandOvers(world.ctx.db, handOverIds);
  await refuse(handOverIds);
  const ending = world.ctx.db
    .transaction()
    .execute((trx) => endAndTell(world.ctx, trx, open, { state: "accepted", at: world.ctx.clock() }));
  await expect(ending).rejects.toThrow("has ended");
  expect(await listHandOvers(world.ctx, giver)).toMatchObject([{ state: "refused" }]);
});
