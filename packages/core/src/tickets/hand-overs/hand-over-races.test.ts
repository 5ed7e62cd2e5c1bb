import { randomUUID } from "node:crypto";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { listGateCompetitionSessions } from "../../gate/list-gate-competition-sessions.ts";
import { ensureOrganiserKeys } from "../../keys/organiser-keys.ts";
import type { Actor } from "../../ports.ts";
import { refundTickets } from "../../sales/refund-tickets.ts";
import {
  buy,
  demandProof,
  makeDevice,
  offerTo,
  outcomesOf,
  queuedMails,
  registerVisitor,
  scanOnline,
  stockProgramme,
  testContext,
  type TestContext,
  testRequester,
  withoutLimits,
} from "../../testing/index.ts";
import { activateTickets } from "../activate-tickets.ts";
import { blockTicket } from "../block-ticket.ts";
import { listTickets } from "../list-tickets.ts";
import { acceptHandOvers } from "./accept-hand-overs.ts";
import { refuseHandOvers, takeBackHandOvers } from "./end-hand-overs.ts";
import { listHandOvers } from "./list-hand-overs.ts";
import { offerHandOvers } from "./offer-hand-overs.ts";

// Many at once on several connections: one outcome, and whatever it is, holder, epochs, offer, history and books agree.

type Person = Actor & { email: string };

const rounds = 6;
let database: TestDatabase;
let world: TestContext;
let admin: Actor;

beforeAll(async () => {
  database = await createTestDatabase();
  world = testContext({ db: database.db, policy: { gatesAlwaysOpen: true } });
  world = { ...world, ctx: withoutLimits(world.ctx) };
  await ensureOrganiserKeys(world.ctx);
  await stockProgramme(world.ctx, [{ code: "ATH01", capacity: 400 }]);
  admin = await registerVisitor(world.ctx, "admin");
});
afterAll(() => database.drop());
afterEach(() => demandProof(world.ctx));

/** A ticket on its holder's phone, offered to somebody, with everything that may happen to it. */
async function offered() {
  const { ctx } = world;
  const [giver, receiver]: Person[] = [await registerVisitor(ctx), await registerVisitor(ctx)];
  if (giver === undefined || receiver === undefined) throw new Error("nobody");
  const { order, tickets } = await buy(ctx, giver);
  const [ticketId = ""] = tickets.map(({ id }) => id);
  const device = await makeDevice();
  const [pass] = await device.activate(ctx, giver, [ticketId]);
  const [session] = await listGateCompetitionSessions(ctx);
  const second = await makeDevice();
  const moving = await second.answerChallenges(ctx, giver, [ticketId]);
  const handOverIds = await offerTo(ctx, giver, { email: receiver.email, ticketIds: [ticketId] });
  const code = await device.show(pass?.pass ?? "", ctx.clock());
  const scan = (text = code) =>
    scanOnline(ctx, {
      competitionSessionId: session?.competitionSession.id ?? "",
      gateId: session?.gates[0]?.id ?? "",
      code: text,
    });
  return {
    giver,
    receiver,
    ticketId,
    handOverIds,
    scan,
    accept: () => acceptHandOvers(ctx, receiver, { handOverIds }),
    refuse: () => refuseHandOvers(ctx, receiver, { handOverIds }),
    takeBack: () => takeBackHandOvers(ctx, giver, { handOverIds }),
    move: () => activateTickets(ctx, giver, { tickets: moving }),
    block: () => blockTicket(ctx, admin, { ticketId, note: "stolen" }),
    refund: () =>
      refundTickets(ctx, admin, {
        orderId: order.id,
        ticketIds: [ticketId],
        note: "ill",
        idempotencyKey: randomUUID(),
      }),
    state: async () => (await listHandOvers(ctx, giver))[0]?.state,
    holds: async (who: Actor) => (await listTickets(ctx, who, {})).length === 1,
    /** What both were told of the end, the giver first. */
    told: async () => {
      const outcomes = [];
      for (const { email } of [giver, receiver]) {
        for (const { content } of await queuedMails(ctx, email)) {
          if (content.template === "hand_over_ended") outcomes.push(content.outcome);
        }
      }
      return outcomes;
    },
  };
}
type Offered = Awaited<ReturnType<typeof offered>>;
type Settled = PromiseSettledResult<unknown>;

/** Both at once, each the first one in half of the rounds. */
async function atOnce(
  act: (one: Offered) => Promise<unknown>,
  other: (one: Offered) => Promise<unknown>,
  check: (one: Offered, results: { act: Settled; other: Settled }) => Promise<void>,
): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    const one = await offered();
    const acts = round % 2 === 0 ? [act(one), other(one)] : [other(one), act(one)].toReversed();
    const [first, second] = await Promise.allSettled(acts);
    if (first === undefined || second === undefined) throw new Error("nothing was tried");
    await check(one, { act: first, other: second });
  }
}

const ended = (state: string) => ({ code: "hand_over_ended", details: { state } });

/** One of the two has happened, the other was told, and both sides know the same. */
async function expectOne(one: Offered, results: { act: Settled; other: Settled }, state: string): Promise<void> {
  const accepted = results.act.status === "fulfilled";
  expect(results.other.status).toBe(accepted ? "rejected" : "fulfilled");
  for (const result of [results.act, results.other]) {
    if (result.status === "rejected") expect(result.reason).toMatchObject(ended(accepted ? "accepted" : state));
  }
  await expectEnd(one, accepted, state);
}

async function expectEnd(one: Offered, accepted: boolean, state: string): Promise<void> {
  const outcome = accepted ? "accepted" : state;
  expect(await one.state()).toBe(outcome);
  expect(await one.told()).toEqual([outcome, outcome]);
  expect([await one.holds(one.giver), await one.holds(one.receiver)]).toEqual([!accepted, accepted]);
}

test("accepted and taken back", () =>
  atOnce(
    (one) => one.accept(),
    (one) => one.takeBack(),
    (one, results) => expectOne(one, results, "taken_back"),
  ));

test("accepted and refused", () =>
  atOnce(
    (one) => one.accept(),
    (one) => one.refuse(),
    (one, results) => expectOne(one, results, "refused"),
  ));

test("accepted and scanned with the code that the giver has: one of them goes in, or nobody yet", () =>
  atOnce(
    (one) => one.accept(),
    (one) => one.scan(),
    async (one, { act, other }) => {
      const accepted = act.status === "fulfilled";
      expect(other.status === "fulfilled" && other.value).toMatchObject(
        accepted ? { outcome: "refuse", reason: "superseded" } : { outcome: "admit", reason: "admitted" },
      );
      if (!accepted) expect(act.reason).toMatchObject(ended("void"));
      await expectEnd(one, accepted, "void");
      expect(await one.scan()).toMatchObject({ reason: accepted ? "superseded" : "already_admitted" });
    },
  ));

test("accepted and activated on the giver's second phone", () =>
  atOnce(
    (one) => one.accept(),
    (one) => one.move(),
    async (one, { act, other }) => {
      // Moving comes first or not at all; the ticket goes to the receiver either way.
      expect(act.status).toBe("fulfilled");
      if (other.status === "rejected") expect(other.reason).toMatchObject({ code: "not_found" });
      await expectEnd(one, true, "void");
      const epoch = other.status === "fulfilled" ? 3 : 2;
      expect(await listTickets(world.ctx, one.receiver, {})).toMatchObject([{ epoch, activation: { state: "open" } }]);
    },
  ));

test("accepted and paid back: the ticket is cancelled, or the admin is told that it has gone to somebody else", () =>
  atOnce(
    (one) => one.accept(),
    (one) => one.refund(),
    async (one, { act, other }) => {
      const accepted = act.status === "fulfilled";
      if (!accepted) expect(act.reason).toMatchObject(ended("void"));
      if (other.status === "rejected") {
        expect(other.reason).toMatchObject({ code: "ticket_changed" });
        expect(accepted).toBe(true);
        await one.refund();
      }
      await expectEnd(one, accepted, "void");
      expect(await listTickets(world.ctx, accepted ? one.receiver : one.giver, {})).toMatchObject([
        { state: "cancelled" },
      ]);
    },
  ));

test("accepted and blocked: the ticket is blocked, whoever has it", () =>
  atOnce(
    (one) => one.accept(),
    (one) => one.block(),
    async (one, { act, other }) => {
      const accepted = act.status === "fulfilled";
      expect(other.status).toBe("fulfilled");
      if (!accepted) expect(act.reason).toMatchObject(ended("void"));
      await expectEnd(one, accepted, "void");
      expect(await listTickets(world.ctx, accepted ? one.receiver : one.giver, {})).toMatchObject([{ blocked: true }]);
    },
  ));

test.each(["scan", "block"] as const)(
  "offered and met by a %s: no offer is open of a ticket that can go to nobody",
  (act) =>
    atOnce(
      async ({ giver, receiver, ticketId, takeBack }) => {
        await takeBack();
        return offerTo(world.ctx, giver, { email: receiver.email, ticketIds: [ticketId] });
      },
      (one) => one[act](),
      async (one, { other }) => {
        expect(other.status).toBe("fulfilled");
        expect((await listHandOvers(world.ctx, one.giver)).filter(({ state }) => state === "offered")).toEqual([]);
      },
    ),
);

test("accepted 20 times: once, and each answers the same", async () => {
  const one = await offered();
  const answers = await Promise.all(Array.from({ length: 20 }, () => one.accept()));
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(await listTickets(world.ctx, one.receiver, {})).toMatchObject([{ epoch: 2 }]);
  await expectEnd(one, true, "void");
});

test("offered 20 times: to one address one offer and one mail, to 20 addresses one of them", async () => {
  const { ctx } = world;
  const giver = await registerVisitor(ctx);
  const [same = "", many = ""] = (await buy(ctx, giver, { kind: "duo" })).tickets.map(({ id }) => id);
  const offer = (ticketId: string, email: string) =>
    offerHandOvers(ctx, giver, { offers: [{ ticketId, email }] }, testRequester);
  const answers = await Promise.all(Array.from({ length: 20 }, () => offer(same, "same@example.test")));
  expect(new Set(answers.map(([made]) => made?.id)).size).toBe(1);
  expect(await queuedMails(ctx, "same@example.test")).toHaveLength(1);

  const tries = Array.from({ length: 20 }, (_, at) => offer(many, `many-${at}@example.test`));
  expect(await outcomesOf(tries)).toEqual({ ok: 1, already_offered: 19 });
});

test("moved to two phones: one has it, and the other is told", async () => {
  for (let round = 0; round < rounds; round += 1) {
    const one = await offered();
    const third = await makeDevice();
    const tickets = await third.answerChallenges(world.ctx, one.giver, [one.ticketId]);
    const moving = [one.move(), activateTickets(world.ctx, one.giver, { tickets })];
    expect(await outcomesOf(moving)).toEqual({ ok: 1, ticket_changed: 1 });
  }
});

test("crosswise, by ten pairs: nobody waits for one who waits for them", async () => {
  const { ctx } = world;
  const pairs = await Promise.all(
    Array.from({ length: 10 }, async () => {
      const [one, other] = [await registerVisitor(ctx), await registerVisitor(ctx)];
      const give = async (giver: Person, receiver: Person) => {
        const ticketIds = (await buy(ctx, giver, { kind: "duo" })).tickets.map(({ id }) => id);
        return { receiver, handOverIds: await offerTo(ctx, giver, { email: receiver.email, ticketIds }) };
      };
      return [await give(one, other), await give(other, one)];
    }),
  );
  const accepted = pairs.flat().map(({ receiver, handOverIds }) => acceptHandOvers(ctx, receiver, { handOverIds }));
  expect(await outcomesOf(accepted)).toEqual({ ok: 20 });
});
