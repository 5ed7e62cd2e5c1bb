import type { Role } from "@tessera/contracts";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { readAuthStanding, type SignedIn } from "../../accounts/auth-sessions/auth-sessions.ts";
import { verifyTotp } from "../../accounts/factors/verify-totp.ts";
import { changeRole } from "../../accounts/staff/change-role.ts";
import { disableEmployee } from "../../accounts/staff/disable-employee.ts";
import type { Actor } from "../../ports.ts";
import {
  authenticatorCode,
  enrolTablet,
  outcomesOf,
  registerAccount,
  registerVisitor,
  signInByPassword,
  stockProgramme,
  testContext,
  type TestContext,
  testRequester,
  waitingForLocks,
} from "../../testing/index.ts";
import { listScannerChoices, listScanners } from "../scanners/list-scanners.ts";
import { revokeScanner } from "../scanners/settle-scanner.ts";
import { beginShift } from "./begin-shift.ts";
import { endShift } from "./end-shifts.ts";

let database: TestDatabase;
let ctx: TestContext["ctx"];
let clock: TestContext["clock"];
let admin: Actor;
let place: { gateId: string; competitionSessionIds: string[] };
beforeAll(async () => {
  database = await createTestDatabase();
  ({ ctx, clock } = testContext({ db: database.db }));
  await stockProgramme(ctx, [{}]);
  admin = await registerVisitor(ctx, "admin");
  const [choice] = await listScannerChoices(ctx);
  place = { gateId: choice?.gates[0]?.id ?? "", competitionSessionIds: [choice?.competitionSessions[0]?.id ?? ""] };
});
afterAll(() => database.drop());

const refusedWith = (code: string): unknown => expect.objectContaining({ code });

/** Somebody who has signed in on a tablet with both factors. */
async function signInOn(role: Exclude<Role, "visitor">) {
  const account = await registerAccount(ctx, role);
  const { standing } = await signInByPassword(ctx, account, "scanner");
  const code = await authenticatorCode(ctx.clock());
  const { token } = (await verifyTotp(ctx, standing, { code }, testRequester)).authSession;
  const now = async () => (await readAuthStanding(ctx, { token, audience: "scanner" })).standing;
  return { accountId: account.id, standing: signedIn(await now()), now };
}

function signedIn(standing: Awaited<ReturnType<typeof readAuthStanding>>["standing"]): SignedIn {
  if (standing.state !== "signed_in") throw new Error(standing.state);
  return standing;
}

const tablet = () => enrolTablet(ctx, place);
const shiftsOf = async (scannerId: string) =>
  (await listScanners(ctx)).find(({ id }) => id === scannerId)?.staff.map(({ shiftId }) => shiftId);
const entriesAbout = (scannerId: string) =>
  ctx.db
    .selectFrom("audit_entry")
    .select(["action", "actor_id as actorId", "details"])
    .where("subject_id", "=", scannerId)
    .execute();

describe("beginning a shift", () => {
  it.each<[Exclude<Role, "visitor">, number]>([
    ["staff", 0],
    ["supervisor", 10],
    ["admin", 10],
  ])("takes the place of the auth session of %s, with %d overrides", async (role, overrides) => {
    const { scanner, shift: first } = await tablet();
    const { accountId, standing, now } = await signInOn(role);
    const shift = await beginShift(ctx, standing, scanner);
    const endsAt = new Date(ctx.clock().getTime() + 12 * 3_600_000);
    expect(shift).toMatchObject({
      accountId,
      role,
      overrides,
      beganAt: ctx.clock(),
      endsAt,
      displayName: "Camille Test",
    });
    expect(await now()).toEqual({ state: "signed_out" });
    expect((await shiftsOf(scanner.scannerId))?.toSorted()).toEqual([first.id, shift.id].toSorted());
    expect(await entriesAbout(scanner.scannerId)).toEqual([
      { action: "shift.began", actorId: accountId, details: { shiftId: shift.id, role } },
    ]);
  });

  it("happens once for each auth session, however many ask at once", async () => {
    const { scanner } = await tablet();
    const { standing } = await signInOn("staff");
    const tries = Array.from({ length: 8 }, () => beginShift(ctx, standing, scanner));
    expect(await outcomesOf(tries)).toEqual({ ok: 1, not_signed_in: 7 });
    expect(await shiftsOf(scanner.scannerId)).toHaveLength(2);
  });

  it("ends the one that the same person had on this tablet, and none elsewhere", async () => {
    const [here, there] = [await tablet(), await tablet()];
    const account = await registerAccount(ctx, "staff");
    const begin = async (scanner: typeof here.scanner) => {
      clock.advance(60_000);
      const { standing } = await signInByPassword(ctx, account, "scanner");
      const code = await authenticatorCode(ctx.clock());
      const { token } = (await verifyTotp(ctx, standing, { code }, testRequester)).authSession;
      const now = await readAuthStanding(ctx, { token, audience: "scanner" });
      return beginShift(ctx, signedIn(now.standing), scanner);
    };
    const [first, elsewhere, second] = [
      await begin(here.scanner),
      await begin(there.scanner),
      await begin(here.scanner),
    ];
    expect(await shiftsOf(here.scanner.scannerId)).toEqual([here.shift.id, second.id]);
    expect(await shiftsOf(here.scanner.scannerId)).not.toContain(first.id);
    expect(await shiftsOf(there.scanner.scannerId)).toContain(elsewhere.id);
  });

  it("does not happen on a tablet that was revoked meanwhile, nor by somebody who left the staff", async () => {
    const { scanner } = await tablet();
    const [late, gone] = [await signInOn("staff"), await signInOn("supervisor")];
    await changeRole(ctx, admin, { accountId: gone.accountId, role: "visitor" });
    await expect(beginShift(ctx, gone.standing, scanner)).rejects.toEqual(refusedWith("forbidden"));
    await revokeScanner(ctx, admin, scanner);
    await expect(beginShift(ctx, late.standing, scanner)).rejects.toEqual(refusedWith("scanner_not_enrolled"));
    // What was refused has taken nothing away.
    expect(await late.now()).toMatchObject({ state: "signed_in" });
  });

  it("is found by whoever revokes the tablet at the same moment", async () => {
    const { scanner } = await tablet();
    const { standing } = await signInOn("staff");
    let both: Promise<PromiseSettledResult<unknown>[]> | undefined;
    await database.ownerDb.transaction().execute(async (trx) => {
      // The shift is there, and not committed yet: it waits to be written down.
      await sql`lock table audit_entry in exclusive mode`.execute(trx);
      const begun = beginShift(ctx, standing, scanner);
      await vi.waitFor(async () => expect(await waitingForLocks(ctx.db)).toBe(1));
      const revoked = revokeScanner(ctx, admin, scanner);
      await vi.waitFor(async () => expect(await waitingForLocks(ctx.db)).toBe(2));
      both = Promise.allSettled([begun, revoked]);
    });
    expect((await both)?.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled"]);
    expect(await shiftsOf(scanner.scannerId)).toEqual([]);
  });
});

describe("ending a shift", () => {
  it("happens once, and only from its own tablet", async () => {
    const [mine, other] = [await tablet(), await tablet()];
    const { scannerId } = mine.scanner;
    await expect(endShift(ctx, other.scanner, { shiftId: mine.shift.id })).rejects.toEqual(refusedWith("not_found"));
    expect(await shiftsOf(scannerId)).toEqual([mine.shift.id]);
    for (let count = 0; count < 2; count += 1) await endShift(ctx, mine.scanner, { shiftId: mine.shift.id });
    expect(await shiftsOf(scannerId)).toEqual([]);
    const { accountId } = mine.person;
    expect(await entriesAbout(scannerId)).toEqual([
      { action: "shift.ended", actorId: accountId, details: { shiftId: mine.shift.id, accountId } },
    ]);
  });

  it("comes by itself with its time", async () => {
    const { scanner, shift } = await tablet();
    clock.set(new Date(shift.endsAt.getTime() - 1));
    expect(await shiftsOf(scanner.scannerId)).toEqual([shift.id]);
    clock.advance(1);
    expect(await shiftsOf(scanner.scannerId)).toEqual([]);
    await endShift(ctx, scanner, { shiftId: shift.id });
    expect(await entriesAbout(scanner.scannerId)).toEqual([]);
  });

  it.each<[string, (accountId: string) => Promise<void>]>([
    ["is disabled", (accountId) => disableEmployee(ctx, admin, { accountId })],
    ["gets another role", (accountId) => changeRole(ctx, admin, { accountId, role: "visitor" })],
  ])("comes at once for whoever %s", async (_, lose) => {
    const { scanner, person, shift } = await tablet();
    const { id: other } = await enrolTablet(ctx, place).then((tabletOfOther) => tabletOfOther.shift);
    await lose(person.accountId);
    expect(await shiftsOf(scanner.scannerId)).toEqual([]);
    expect((await listScanners(ctx)).flatMap(({ staff }) => staff.map(({ shiftId }) => shiftId))).toContain(other);
    expect(await entriesAbout(scanner.scannerId)).toEqual([
      {
        action: "shift.ended",
        actorId: admin.accountId,
        details: { shiftId: shift.id, accountId: person.accountId },
      },
    ]);
  });
});
