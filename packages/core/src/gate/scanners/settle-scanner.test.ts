import { randomBytes } from "node:crypto";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { disableEmployee } from "../../accounts/staff/disable-employee.ts";
import { enrolmentWorld } from "../../testing/enrolment-world.ts";
import { enrolTablet, registerVisitor } from "../../testing/index.ts";
import { checkIn } from "./check-in.ts";
import { inviteScanner } from "./invite-scanner.ts";
import { assignScanner, confirmScanner, refuseScanner, revokeScanner } from "./settle-scanner.ts";

let database: TestDatabase;
let world: Awaited<ReturnType<typeof enrolmentWorld>>;
beforeAll(async () => {
  database = await createTestDatabase();
  world = await enrolmentWorld(database.db);
});
afterAll(() => database.drop());

const minutes = (count: number) => count * 60_000;
const refusedWith = (code: string): unknown => expect.objectContaining({ code });

describe("what a tablet is for", () => {
  it("is one venue's", async () => {
    const { ctx, supervisor, admin, assignment, elsewhere, enrol } = world;
    const mixed = { ...assignment, competitionSessionIds: [...assignment.competitionSessionIds, elsewhere] };
    await expect(inviteScanner(ctx, supervisor, mixed)).rejects.toEqual(refusedWith("gate_not_in_venue"));
    const nowhere = { ...assignment, gateId: admin.accountId };
    await expect(inviteScanner(ctx, supervisor, nowhere)).rejects.toEqual(refusedWith("not_found"));
    const { scannerId } = await enrol();
    await expect(assignScanner(ctx, supervisor, { scannerId, ...mixed })).rejects.toThrow("gate_not_in_venue");
  });

  it("changes, and the tablet learns it when it checks in", async () => {
    const { ctx, supervisor, assignment, otherGateId, enrol, known } = world;
    const { scannerId } = await enrol();
    const [only = ""] = assignment.competitionSessionIds;
    const other = { name: "Porte B", gateId: otherGateId, competitionSessionIds: [only, only] };
    await assignScanner(ctx, supervisor, { scannerId, ...other });
    const standing = await checkIn(ctx, await known(scannerId), { report: null });
    expect(standing).toMatchObject({
      state: "enrolled",
      name: "Porte B",
      gate: { id: otherGateId },
      competitionSessions: [{ id: only }],
    });
    expect(await known(scannerId)).toMatchObject({ gateId: otherGateId, competitionSessionIds: [only] });
  });
});

describe("shutting a tablet out", () => {
  it("holds from the next request on, for good, and ends its shifts", async () => {
    const { ctx, supervisor, admin, assignment, viewOf, stateFor, actions } = world;
    const tablet = await enrolTablet(ctx, assignment);
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
    await expect(assignScanner(ctx, admin, { scannerId, ...assignment })).rejects.toThrow("conflict");
    expect(await actions(scannerId)).toEqual(["scanner.revoked", "shift.ended", "shift.ended"]);
  });

  it("refuses what was not confirmed, and revokes only what was", async () => {
    const { ctx, supervisor, claim, inviteAndClaim, enrol, stateFor } = world;
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
    const { ctx, admin, invite, enrol, viewOf } = world;
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
    const { ctx, invite } = world;
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
    const { ctx, clock, enrol, known, viewOf } = world;
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
    const { ctx, enrol, viewOf } = world;
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
    const { clock, invite, enrol, viewOf } = world;
    const [{ scannerId }, enrolled] = [await invite(), await enrol()];
    clock.advance(minutes(24 * 60));
    expect(await viewOf(scannerId)).toMatchObject({ state: "expired" });
    clock.advance(minutes(10));
    expect(await viewOf(scannerId)).toBeUndefined();
    expect(await viewOf(enrolled.scannerId)).toMatchObject({ state: "enrolled" });
  });
});
