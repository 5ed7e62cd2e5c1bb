import { randomBytes } from "node:crypto";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { comparisonCode, fromBase64url } from "@tessera/pass";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { disableEmployee } from "../../accounts/staff/disable-employee.ts";
import { createOrganiserKey } from "../../keys/change-organiser-keys.ts";
import { ensureOrganiserKeys, organiserKeysCacheMs } from "../../keys/organiser-keys.ts";
import type { Actor } from "../../ports.ts";
import {
  claimOf,
  enrolTablet,
  makeTabletKey,
  outcomesOf,
  registerVisitor,
  stockProgramme,
  testContext,
  type TestContext,
  testRequester,
} from "../../testing/index.ts";
import { checkIn } from "./check-in.ts";
import { claimScanner } from "./claim-scanner.ts";
import { inviteScanner } from "./invite-scanner.ts";
import { listScannerChoices, listScanners } from "./list-scanners.ts";
import { readKnownScanner } from "./read-enrolled-scanner.ts";
import { assignScanner, confirmScanner, refuseScanner, revokeScanner } from "./settle-scanner.ts";

let database: TestDatabase;
let ctx: TestContext["ctx"];
let clock: TestContext["clock"];
let supervisor: Actor;
let admin: Actor;
let venue: { gateId: string; otherGateId: string; competitionSessionIds: string[]; elsewhere: string };
beforeAll(async () => {
  database = await createTestDatabase();
  ({ ctx, clock } = testContext({ db: database.db }));
  await ensureOrganiserKeys(ctx);
  await stockProgramme(ctx, [
    { code: "ATH01" },
    { code: "ATH02" },
    { code: "SWM01", venueCode: "POOL", venue: "Pool" },
  ]);
  supervisor = await registerVisitor(ctx, "supervisor");
  admin = await registerVisitor(ctx, "admin");
  const choices = await listScannerChoices(ctx);
  const at = (code: string) =>
    choices.find(({ competitionSessions }) => competitionSessions.some((one) => one.code === code));
  venue = {
    gateId: at("ATH01")?.gates[0]?.id ?? "",
    otherGateId: at("ATH01")?.gates[1]?.id ?? "",
    competitionSessionIds: at("ATH01")?.competitionSessions.map(({ id }) => id) ?? [],
    elsewhere: at("SWM01")?.competitionSessions[0]?.id ?? "",
  };
  expect(venue.competitionSessionIds).toHaveLength(2);
});
afterAll(() => database.drop());

const minutes = (count: number) => count * 60_000;
const refusedWith = (code: string): unknown => expect.objectContaining({ code });
const assignment = () => ({
  name: "Porte A, tablette 1",
  gateId: venue.gateId,
  competitionSessionIds: venue.competitionSessionIds,
});
const invite = (by: Actor = supervisor) => inviteScanner(ctx, by, assignment());
/** Each from a network of its own: what limits guessing has a test of its own. */
let networks = 0;
const claim = (sent: Parameters<typeof claimScanner>[1]) =>
  claimScanner(ctx, sent, { ...testRequester, address: `10.1.${(networks += 1)}.1` });

async function inviteAndClaim() {
  const { scannerId, code, expiresAt } = await invite();
  const key = makeTabletKey();
  const sent = await claimOf(code, key);
  const answer = await claim(sent);
  return { scannerId, code, expiresAt, key, sent, answer };
}

async function enrol() {
  const claimed = await inviteAndClaim();
  await confirmScanner(ctx, supervisor, claimed);
  return claimed;
}

const viewOf = async (scannerId: string) => (await listScanners(ctx)).find(({ id }) => id === scannerId);
const known = async (scannerId: string) => {
  const scanner = await readKnownScanner(ctx, { scannerId });
  if (scanner === undefined) throw new Error("unknown");
  return scanner;
};
const stateFor = async (scannerId: string) => (await checkIn(ctx, await known(scannerId), { report: null })).state;
const actions = async (subjectId: string) =>
  (
    await ctx.db.selectFrom("audit_entry").select("action").where("subject_id", "=", subjectId).orderBy("at").execute()
  ).map(({ action }) => action);

describe("enrolling a tablet", () => {
  it("takes an invitation, a claim, and somebody who compares both screens", async () => {
    const { scannerId, code } = await invite();
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{10}$/);
    expect(await viewOf(scannerId)).toMatchObject({ state: "invited", comparison: null, missing: 0, staff: [] });
    expect(await readKnownScanner(ctx, { scannerId })).toBeUndefined();

    const key = makeTabletKey();
    const answer = await claim(await claimOf(code, key));
    expect(answer).toMatchObject({
      scannerId,
      gamesId: ctx.policy.gamesId,
      listKeys: [{ id: 1 }],
      issuerKeys: [{ id: 1 }],
    });
    const comparison = await comparisonCode({ ...answer, publicKey: key.publicKey });
    expect(await viewOf(scannerId)).toMatchObject({ state: "claimed", comparison });
    expect(await stateFor(scannerId)).toBe("claimed");

    clock.advance(minutes(1));
    await confirmScanner(ctx, supervisor, { scannerId });
    await confirmScanner(ctx, admin, { scannerId });
    expect(await stateFor(scannerId)).toBe("enrolled");
    expect(await known(scannerId)).toEqual({
      scannerId,
      state: "enrolled",
      publicKey: key.publicKey,
      ...assignment(),
      competitionSessionIds: venue.competitionSessionIds.toSorted(),
    });
    expect((await actions(scannerId)).toSorted()).toEqual(["scanner.claimed", "scanner.enrolled", "scanner.invited"]);
  });

  it("reads a code as people type it, and keeps only its hash", async () => {
    const { scannerId, code } = await invite();
    const typed = ` ${code.slice(0, 5).toLowerCase()}-${code.slice(5).replaceAll("0", "o").replaceAll("1", "l")}`;
    await expect(claim(await claimOf(typed))).resolves.toMatchObject({ scannerId });
    const row = await ctx.db.selectFrom("scanner").selectAll().where("id", "=", scannerId).executeTakeFirstOrThrow();
    expect(JSON.stringify(row)).not.toContain(code);
  });

  it("lets one of many tablets claim a code", async () => {
    const { code } = await invite();
    const claims = await Promise.all(Array.from({ length: 8 }, () => claimOf(code)));
    expect(await outcomesOf(claims.map(claim))).toEqual({ ok: 1, scanner_code_wrong: 7 });
  });

  it("gives the same answer to the same key, so that a lost one costs nothing", async () => {
    const { scannerId, expiresAt, sent, answer } = await inviteAndClaim();
    await expect(claim(sent)).resolves.toEqual(answer);
    clock.set(new Date(expiresAt.getTime() + minutes(9)));
    await confirmScanner(ctx, supervisor, { scannerId });
    await expect(claim(sent)).resolves.toEqual(answer);
    clock.advance(minutes(1));
    await expect(claim(sent)).rejects.toThrow("scanner_code_wrong");
    expect((await actions(scannerId)).filter((action) => action === "scanner.claimed")).toHaveLength(1);
  });

  it("says nothing different behind the back of whoever has compared", async () => {
    const [waiting, confirmed] = [await inviteAndClaim(), await enrol()];
    await createOrganiserKey(ctx, "list");
    clock.advance(organiserKeysCacheMs);
    const answer = await claim(waiting.sent);
    expect(answer.listKeys).toHaveLength(2);
    const comparison = await comparisonCode({ ...answer, publicKey: fromBase64url(waiting.sent.publicKey) });
    expect(await viewOf(waiting.scannerId)).toMatchObject({ comparison });
    await expect(claim(confirmed.sent)).rejects.toThrow("scanner_code_wrong");
  });

  it.each<[string, number, string]>([
    ["claimed", 10, "scanner_code_wrong"],
    ["claimed a moment before its time", 9.99, "ok"],
  ])("a code is %s after %d minutes: %s", async (_, after, outcome) => {
    const { scannerId, code } = await invite();
    clock.advance(minutes(after));
    expect(await outcomesOf([claim(await claimOf(code))])).toEqual({ [outcome]: 1 });
    if (outcome !== "ok") expect(await viewOf(scannerId)).toMatchObject({ state: "expired" });
  });

  it("confirms nobody who was claimed long ago, or not at all", async () => {
    const { scannerId, expiresAt } = await inviteAndClaim();
    clock.set(new Date(expiresAt.getTime() + minutes(10)));
    await expect(confirmScanner(ctx, supervisor, { scannerId })).rejects.toEqual(refusedWith("conflict"));
    expect(await stateFor(scannerId)).toBe("expired");
    const open = await invite();
    await expect(confirmScanner(ctx, supervisor, open)).rejects.toEqual(refusedWith("conflict"));
    await expect(confirmScanner(ctx, supervisor, { scannerId: admin.accountId })).rejects.toThrow("not_found");
  });

  it("takes no key that is none, is weak, or has not signed this very claim", async () => {
    const { scannerId, code } = await invite();
    const good = await claimOf(code);
    const other = await claimOf(code);
    const weak = Buffer.from([1, ...Array.from({ length: 31 }, () => 0)]).toString("base64url");
    const bad = [
      { ...good, publicKey: other.publicKey },
      { ...good, signature: (await claimOf("0123456789")).signature },
      { ...good, publicKey: weak },
      { ...good, publicKey: "AAAA" },
      { ...good, signature: randomBytes(64).toString("base64url") },
      { ...good, publicKey: "*" },
    ];
    expect(await outcomesOf(bad.map(claim))).toEqual({ invalid_input: bad.length });
    expect(await viewOf(scannerId)).toMatchObject({ state: "invited" });
  });

  it("takes no key that another tablet has, also after that one was revoked", async () => {
    const { scannerId, key } = await enrol();
    await revokeScanner(ctx, supervisor, { scannerId });
    const { code } = await invite();
    await expect(claim(await claimOf(code, key))).rejects.toEqual(refusedWith("conflict"));
  });

  it("lets nobody guess for long from one place", async () => {
    const from = { ...testRequester, address: "203.0.113.77" };
    const guess = async () => claimScanner(ctx, await claimOf("0000000000"), from);
    for (let count = 0; count < 5; count += 1) await expect(guess()).rejects.toThrow("scanner_code_wrong");
    await expect(guess()).rejects.toThrow("too_many_requests");
    const { code } = await invite();
    await expect(claim(await claimOf(code))).resolves.toBeDefined();
  });
});

describe("what a tablet is for", () => {
  it("is one venue's", async () => {
    const mixed = { ...assignment(), competitionSessionIds: [...venue.competitionSessionIds, venue.elsewhere] };
    await expect(inviteScanner(ctx, supervisor, mixed)).rejects.toEqual(refusedWith("gate_not_in_venue"));
    const nowhere = { ...assignment(), gateId: admin.accountId };
    await expect(inviteScanner(ctx, supervisor, nowhere)).rejects.toEqual(refusedWith("not_found"));
    const { scannerId } = await enrol();
    await expect(assignScanner(ctx, supervisor, { scannerId, ...mixed })).rejects.toThrow("gate_not_in_venue");
  });

  it("changes, and the tablet learns it when it checks in", async () => {
    const { scannerId } = await enrol();
    const [only = ""] = venue.competitionSessionIds;
    const other = { name: "Porte B", gateId: venue.otherGateId, competitionSessionIds: [only, only] };
    await assignScanner(ctx, supervisor, { scannerId, ...other });
    const standing = await checkIn(ctx, await known(scannerId), { report: null });
    expect(standing).toMatchObject({
      state: "enrolled",
      name: "Porte B",
      gate: { id: venue.otherGateId },
      competitionSessions: [{ id: only }],
    });
    expect(await known(scannerId)).toMatchObject({ gateId: venue.otherGateId, competitionSessionIds: [only] });
  });
});

describe("shutting a tablet out", () => {
  it("holds from the next request on, for good, and ends its shifts", async () => {
    const tablet = await enrolTablet(ctx, assignment());
    const { scannerId } = tablet.scanner;
    await tablet.beginShift("supervisor");
    expect((await viewOf(scannerId))?.staff.map(({ role }) => role).toSorted()).toEqual(["staff", "supervisor"]);
    await revokeScanner(ctx, supervisor, { scannerId });
    await revokeScanner(ctx, supervisor, { scannerId });
    expect(await stateFor(scannerId)).toBe("revoked");
    expect(await viewOf(scannerId)).toMatchObject({ staff: [], lastContactAt: null });
    for (const act of [confirmScanner, refuseScanner]) {
      await expect(act(ctx, supervisor, { scannerId })).rejects.toEqual(refusedWith("conflict"));
    }
    await expect(assignScanner(ctx, admin, { scannerId, ...assignment() })).rejects.toThrow("conflict");
    expect((await actions(scannerId)).toSorted()).toEqual(["scanner.revoked", "shift.ended", "shift.ended"]);
  });

  it("refuses what was not confirmed, and revokes only what was", async () => {
    const { scannerId, sent } = await inviteAndClaim();
    await expect(revokeScanner(ctx, supervisor, { scannerId })).rejects.toEqual(refusedWith("conflict"));
    await refuseScanner(ctx, supervisor, { scannerId });
    await refuseScanner(ctx, supervisor, { scannerId });
    await expect(claim(sent)).rejects.toThrow("scanner_code_wrong");
    await expect(confirmScanner(ctx, supervisor, { scannerId })).rejects.toThrow("conflict");
    expect(await stateFor(scannerId)).toBe("refused");
    await expect(refuseScanner(ctx, supervisor, await enrol())).rejects.toThrow("conflict");
  });

  it("takes back what somebody invited who is found out, and not what was enrolled", async () => {
    const gone = await registerVisitor(ctx, "supervisor");
    const { scannerId } = await invite(gone);
    const enrolled = await enrol();
    await disableEmployee(ctx, admin, { accountId: gone.accountId });
    expect(await viewOf(scannerId)).toMatchObject({ state: "refused" });
    expect(await viewOf(enrolled.scannerId)).toMatchObject({ state: "enrolled" });
    await expect(invite(gone)).rejects.toEqual(refusedWith("forbidden"));
    for (const act of [confirmScanner, refuseScanner, revokeScanner]) {
      await expect(act(ctx, gone, enrolled)).rejects.toEqual(refusedWith("forbidden"));
    }
  });

  it("is for supervisors and admins alone", async () => {
    for (const role of ["visitor", "staff"] as const) {
      await expect(invite(await registerVisitor(ctx, role))).rejects.toEqual(refusedWith("forbidden"));
    }
  });
});

describe("the tablets as supervisors see them", () => {
  const report = {
    listMadeAt: "2028-07-14T11:59:00.000Z",
    queued: 7,
    battery: 0.5,
    charging: false,
    appVersion: "1.2.3",
    clockOffsetMs: -1500,
  };

  it("say how they were when they were last heard", async () => {
    const { scannerId } = await enrol();
    clock.advance(1000);
    const at = ctx.clock();
    await checkIn(ctx, await known(scannerId), { report });
    const heard = { ...report, listMadeAt: new Date(report.listMadeAt), lastContactAt: at };
    expect(await viewOf(scannerId)).toMatchObject(heard);
    clock.advance(15_000);
    await checkIn(ctx, await known(scannerId), { report: null });
    expect(await viewOf(scannerId)).toMatchObject({ ...heard, lastContactAt: ctx.clock() });
  });

  it("say how many records only the tablet has", async () => {
    const { scannerId } = await enrol();
    const numbers = [2, 3, 7];
    await ctx.db
      .insertInto("scanner_record")
      .values(
        numbers.map((number) => ({
          scanner_id: scannerId,
          number,
          kind: "scan",
          sha256: randomBytes(32),
          received_at: ctx.clock(),
        })),
      )
      .execute();
    expect(await viewOf(scannerId)).toMatchObject({ missing: 4 });
  });

  it("leave out what came to nothing a day ago", async () => {
    const [{ scannerId }, enrolled] = [await invite(), await enrol()];
    clock.advance(minutes(24 * 60));
    expect(await viewOf(scannerId)).toMatchObject({ state: "expired" });
    clock.advance(minutes(10));
    expect(await viewOf(scannerId)).toBeUndefined();
    expect(await viewOf(enrolled.scannerId)).toMatchObject({ state: "enrolled" });
  });
});
