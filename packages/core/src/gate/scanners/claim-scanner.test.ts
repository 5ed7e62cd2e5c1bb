import { createHash, randomBytes } from "node:crypto";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { comparisonCode, fromBase64url } from "@tessera/pass";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createOrganiserKey } from "../../keys/change-organiser-keys.ts";
import { organiserKeysCacheMs } from "../../keys/organiser-keys.ts";
import { enrolmentWorld } from "../../testing/enrolment-world.ts";
import { claimOf, makeTabletKey, outcomesOf, testRequester } from "../../testing/index.ts";
import { claimScanner } from "./claim-scanner.ts";
import { readKnownScanner } from "./read-enrolled-scanner.ts";
import { confirmScanner, revokeScanner } from "./settle-scanner.ts";

let database: TestDatabase;
let world: Awaited<ReturnType<typeof enrolmentWorld>>;
beforeAll(async () => {
  database = await createTestDatabase();
  world = await enrolmentWorld(database.db);
});
afterAll(() => database.drop());

const minutes = (count: number) => count * 60_000;
const refusedWith = (code: string): unknown => expect.objectContaining({ code });

describe("enrolling a tablet", () => {
  it("takes an invitation, a claim, and somebody who compares both screens", async () => {
    const { ctx, clock, supervisor, admin, assignment, invite, claim, known, viewOf, stateFor, actions } = world;
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
      ...assignment,
      competitionSessionIds: assignment.competitionSessionIds.toSorted(),
    });
    expect(await actions(scannerId)).toEqual(["scanner.claimed", "scanner.enrolled", "scanner.invited"]);
  });

  it("reads a code as people type it, and keeps only its hash", async () => {
    const { ctx, invite, claim } = world;
    const { scannerId, code } = await invite();
    const typed = ` ${code.slice(0, 5).toLowerCase()}-${code.slice(5).replaceAll("0", "o").replaceAll("1", "l")}`;
    await expect(claim(await claimOf(typed))).resolves.toMatchObject({ scannerId });
    const kept = await ctx.db.selectFrom("scanner").select("code_hash").where("id", "=", scannerId).execute();
    expect(kept).toEqual([{ code_hash: createHash("sha256").update(code).digest() }]);
  });

  it("lets one of many tablets claim a code", async () => {
    const { invite, claim } = world;
    const { code } = await invite();
    const claims = await Promise.all(Array.from({ length: 8 }, () => claimOf(code)));
    expect(await outcomesOf(claims.map(claim))).toEqual({ ok: 1, scanner_code_wrong: 7 });
  });

  it("gives the same answer to the same key, so that a lost one costs nothing", async () => {
    const { ctx, clock, supervisor, claim, inviteAndClaim, actions } = world;
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
    const { ctx, clock, claim, inviteAndClaim, enrol, viewOf } = world;
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
    const { clock, invite, claim, viewOf } = world;
    const { scannerId, code } = await invite();
    clock.advance(minutes(after));
    expect(await outcomesOf([claim(await claimOf(code))])).toEqual({ [outcome]: 1 });
    if (outcome !== "ok") expect(await viewOf(scannerId)).toMatchObject({ state: "expired" });
  });

  it("confirms nobody who was claimed long ago, or not at all", async () => {
    const { ctx, clock, supervisor, admin, invite, inviteAndClaim, stateFor } = world;
    const { scannerId, expiresAt } = await inviteAndClaim();
    clock.set(new Date(expiresAt.getTime() + minutes(10)));
    await expect(confirmScanner(ctx, supervisor, { scannerId })).rejects.toEqual(refusedWith("conflict"));
    expect(await stateFor(scannerId)).toBe("expired");
    const open = await invite();
    await expect(confirmScanner(ctx, supervisor, open)).rejects.toEqual(refusedWith("conflict"));
    await expect(confirmScanner(ctx, supervisor, { scannerId: admin.accountId })).rejects.toThrow("not_found");
  });

  it("takes no key that is none, is weak, or has not signed this very claim", async () => {
    const { invite, claim, viewOf } = world;
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
    const { ctx, supervisor, invite, claim, enrol } = world;
    const { scannerId, key } = await enrol();
    await revokeScanner(ctx, supervisor, { scannerId });
    const { code } = await invite();
    await expect(claim(await claimOf(code, key))).rejects.toEqual(refusedWith("conflict"));
  });

  it("lets nobody guess for long from one place", async () => {
    const { ctx, invite, claim } = world;
    const from = { ...testRequester, address: "203.0.113.77" };
    const guess = async () => claimScanner(ctx, await claimOf("0000000000"), from);
    for (let count = 0; count < 5; count += 1) await expect(guess()).rejects.toThrow("scanner_code_wrong");
    await expect(guess()).rejects.toThrow("too_many_requests");
    const { code } = await invite();
    await expect(claim(await claimOf(code))).resolves.toBeDefined();
  });
});
