import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { fromBase64url, readCode } from "@tessera/pass";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { listGateCompetitionSessions } from "../gate/list-gate-competition-sessions.ts";
import { ensureOrganiserKeys } from "../keys/organiser-keys.ts";
import type { Actor } from "../ports.ts";
import {
  buy,
  decideByList,
  fetchList,
  makeDevice,
  offerTo,
  registerVisitor,
  scanOnline,
  stockProgramme,
  testContext,
  type TestContext,
} from "../testing/index.ts";
import { activateTickets } from "./activate-tickets.ts";
import { blockTicket } from "./block-ticket.ts";
import { listTickets } from "./list-tickets.ts";
import { printTickets } from "./print-tickets.ts";

const start = new Date("2028-07-18T12:00:00Z");
/** The competition session begins at 16:00 on the 20th, the gates open at 14:30. */
const printingEnds = new Date("2028-07-20T11:30:00Z");
const sessionEnds = new Date("2028-07-20T19:30:00Z");
let database: TestDatabase;
let world: TestContext;
let holder: Actor & { email: string };
let staff: Actor;

beforeAll(async () => {
  database = await createTestDatabase();
  world = testContext({ db: database.db, now: start, policy: { gatesAlwaysOpen: true, movesPerDay: 3 } });
  await ensureOrganiserKeys(world.ctx);
  await stockProgramme(world.ctx, [{ code: "ATH01", capacity: 200 }]);
  staff = await registerVisitor(world.ctx, "staff");
});
afterAll(() => database.drop());
let minutes = 0;
beforeEach(async () => {
  // Never twice the same moment: a list is shared for two seconds.
  world.clock.set(new Date(start.getTime() + minutes++ * 60_000));
  holder = await registerVisitor(world.ctx);
});

const bought = async (kind: "solo" | "duo" = "solo") =>
  (await buy(world.ctx, holder, { kind })).tickets.map(({ id }) => id);
const print = (ticketIds: readonly string[], expectedEpoch = 0) =>
  printTickets(world.ctx, holder, { tickets: ticketIds.map((ticketId) => ({ ticketId, expectedEpoch })) });
/** The codes on a print, as the drawer of the tests writes them. */
const codesOn = ({ pdf }: { pdf: string }) => Buffer.from(fromBase64url(pdf)).toString().split("\n");
const epochsOf = async () => (await listTickets(world.ctx, holder, {})).map(({ epoch }) => epoch);

async function atGate() {
  const [session] = await listGateCompetitionSessions(world.ctx);
  return { competitionSessionId: session?.competitionSession.id ?? "", gateId: session?.gates[0]?.id ?? "" };
}

/** What the server says of a code, and what a tablet that has just fetched its list. */
async function scan(code: string) {
  world.clock.advance(3000);
  const at = await atGate();
  const offline = await decideByList(await fetchList(world.ctx, at), code, world.ctx.clock());
  const { outcome, reason } = await scanOnline(world.ctx, { ...at, code });
  return { online: { outcome, reason }, offline };
}
const everywhere = (outcome: string, reason: string) => ({ online: { outcome, reason }, offline: { outcome, reason } });

describe("printing", () => {
  test("gives each ticket a pass on paper, with no device and no proof, and says what it is for", async () => {
    const ticketIds = await bought("duo");
    const printed = await print(ticketIds);
    expect(printed).toMatchObject({ fileName: "tessera-ATH01.pdf" });
    expect(printed.tickets).toEqual(ticketIds.map((ticketId) => ({ ticketId, epoch: 1 })));
    const reads = codesOn(printed).map(readCode);
    expect(reads).toHaveLength(2);
    for (const read of reads) {
      expect(read).toMatchObject({
        ok: true,
        code: { pass: { paper: true, softKey: false, devicePublicKey: null, epoch: 1, category: "A" }, proof: null },
      });
    }
    const paper = world.papers.at(-1);
    expect(paper).toMatchObject({ locale: "fr", printedAt: world.ctx.clock() });
    expect(paper?.tickets[0]).toMatchObject({
      holderName: holder.displayName,
      category: "A",
      zone: 1,
      competitionSession: { code: "ATH01", gatesOpenAt: new Date("2028-07-20T14:30:00Z") },
    });
    const tickets = await listTickets(world.ctx, holder, {});
    expect(tickets.map(({ activation }) => activation.state)).toEqual(["paper", "paper"]);
    expect(paper?.tickets.map(({ reference }) => reference)).toEqual(tickets.map(({ reference }) => reference));
  });

  test("is written down, each ticket for itself, and not what it says", async () => {
    const [ticketId = ""] = await bought();
    await print([ticketId]);
    await print([ticketId], 1);
    const entries = await database.ownerDb
      .selectFrom("audit_entry")
      .select(["action", "actor_id", "details"])
      .where("subject_id", "=", ticketId)
      .execute();
    expect(entries).toEqual([{ action: "ticket.printed", actor_id: holder.accountId, details: { epoch: 1 } }]);
    const events = await database.ownerDb
      .selectFrom("ticket_event")
      .select(["kind", "epoch"])
      .where("ticket_id", "=", ticketId)
      .where("kind", "=", "printed")
      .execute();
    expect(events).toEqual([{ kind: "printed", epoch: 1 }]);
  });

  test("again gives the very same, whether the answer or the paper was lost, also long after printing has closed", async () => {
    const ticketIds = await bought();
    const first = codesOn(await print(ticketIds));
    world.clock.set(new Date(sessionEnds.getTime() - 1));
    expect(codesOn(await print(ticketIds))).toEqual(first);
    expect(codesOn(await print(ticketIds, 1))).toEqual(first);
    expect(await epochsOf()).toEqual([1]);
    world.clock.set(sessionEnds);
    await expect(print(ticketIds, 1)).rejects.toMatchObject({ code: "activation_closed" });
  });

  test("does not end an offer to hand over: that dies when it is accepted", async () => {
    const ticketIds = await bought();
    await offerTo(world.ctx, holder, { email: "noor@example.test", ticketIds });
    await print(ticketIds);
    expect((await listTickets(world.ctx, holder, {}))[0]?.handOver.state).toBe("offered");
  });

  test("at 8 printers and on 4 phones at once: exactly one wins, or all printers alike", async () => {
    const ticketIds = await bought();
    const phones = await Promise.all(Array.from({ length: 4 }, makeDevice));
    const asked = await Promise.all(phones.map((phone) => phone.answerChallenges(world.ctx, holder, ticketIds)));
    const activations = asked.map((tickets) => () => activateTickets(world.ctx, holder, { tickets }));
    const prints = Array.from({ length: 8 }, () => async () => codesOn(await print(ticketIds)));
    const answers = await Promise.allSettled(prints.flatMap((one, at) => [one(), activations[at]?.() ?? one()]));
    const won = new Set(answers.flatMap((one) => (one.status === "fulfilled" ? [JSON.stringify(one.value)] : [])));
    expect(won.size).toBe(1);
    for (const answer of answers) {
      if (answer.status === "rejected") expect(answer.reason).toMatchObject({ code: "ticket_changed" });
    }
    expect(await epochsOf()).toEqual([1]);
  });
});

describe("printing is refused", () => {
  test("once it closes, saying since when, for what is not on paper", async () => {
    const ticketIds = await bought();
    world.clock.set(printingEnds);
    await expect(print(ticketIds)).rejects.toMatchObject({
      code: "hand_over_closed",
      details: { closesAt: printingEnds.toISOString() },
    });
    world.clock.set(new Date(printingEnds.getTime() - 1));
    await print(ticketIds);
  });

  test("for a ticket that is blocked, used, somebody else's, or has changed", async () => {
    const [blocked = "", other = ""] = await bought("duo");
    await blockTicket(world.ctx, staff, { ticketId: blocked, note: "Reported as stolen" });
    await expect(print([blocked])).rejects.toMatchObject({ code: "ticket_blocked" });
    await expect(print([other], 1)).rejects.toMatchObject({ code: "ticket_changed" });
    const stranger = await registerVisitor(world.ctx);
    const wish = { tickets: [{ ticketId: other, expectedEpoch: 0 }] };
    await expect(printTickets(world.ctx, stranger, wish)).rejects.toMatchObject({ code: "not_found" });

    const phone = await makeDevice();
    const [pass] = await phone.activate(world.ctx, holder, [other]);
    await expect(print([other])).rejects.toMatchObject({ code: "ticket_changed" });
    await scan(await phone.show(pass?.pass ?? "", world.ctx.clock()));
    await expect(print([other], 1)).rejects.toMatchObject({ code: "conflict", details: { state: "admitted" } });
  });

  test("wholly, when one of several tickets cannot be printed", async () => {
    const [good = "", blocked = ""] = await bought("duo");
    await blockTicket(world.ctx, staff, { ticketId: blocked, note: "Reported as stolen" });
    const drawn = world.papers.length;
    await expect(print([good, blocked])).rejects.toMatchObject({ code: "ticket_blocked" });
    expect(await epochsOf()).toEqual([0, 0]);
    expect(world.papers).toHaveLength(drawn);
  });

  test("when nothing could be drawn it is on paper all the same, and comes out at the next try", async () => {
    const [ticketId = ""] = await bought();
    const broken = { ...world.ctx, documents: { paperTickets: () => Promise.reject(new Error("no paper")) } };
    const wish = { tickets: [{ ticketId, expectedEpoch: 0 }] };
    await expect(printTickets(broken, holder, wish)).rejects.toThrow("no paper");
    expect(codesOn(await print([ticketId]))).toHaveLength(1);
    expect(await epochsOf()).toEqual([1]);
  });
});

describe("at the gate, with and without a network,", () => {
  test("paper leads to a closer look, and the phone's old code is dead", async () => {
    const ticketIds = await bought();
    const phone = await makeDevice();
    const [pass] = await phone.activate(world.ctx, holder, ticketIds);
    const [paper = ""] = codesOn(await print(ticketIds, 1));
    expect(await scan(paper)).toEqual(everywhere("check", "paper"));
    const shown = await phone.show(pass?.pass ?? "", new Date(world.ctx.clock().getTime() + 3000));
    expect(await scan(shown)).toEqual(everywhere("refuse", "superseded"));
  });

  test("a ticket that goes back onto a phone is good there, and the paper is dead", async () => {
    const ticketIds = await bought();
    const [paper = ""] = codesOn(await print(ticketIds));
    const phone = await makeDevice();
    const [pass] = await phone.activate(world.ctx, holder, ticketIds);
    expect(pass?.epoch).toBe(2);
    expect(await scan(paper)).toEqual(everywhere("refuse", "superseded"));
    const shown = await phone.show(pass?.pass ?? "", new Date(world.ctx.clock().getTime() + 3000));
    expect(await scan(shown)).toEqual(everywhere("admit", "admitted"));
  });
});
