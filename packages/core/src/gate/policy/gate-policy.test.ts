import { randomUUID } from "node:crypto";
import type { GatePolicySettings } from "@tessera/contracts";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { changeRole } from "../../accounts/staff/change-role.ts";
import { ensureOrganiserKeys } from "../../keys/organiser-keys.ts";
import type { Actor } from "../../ports.ts";
import {
  fetchList,
  gatesOf,
  registerVisitor,
  stockProgramme,
  testContext,
  type TestContext,
} from "../../testing/index.ts";
import { changeGatePolicy } from "./change-gate-policy.ts";
import { readGatePolicy } from "./gate-policy.ts";

let database: TestDatabase;
let world: TestContext;
let admin: Actor;
let competitionSessionId: string;
let sessions = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  world = testContext({ db: database.db });
  await ensureOrganiserKeys(world.ctx);
  admin = await registerVisitor(world.ctx, "admin");
});
afterAll(() => database.drop());
beforeEach(async () => {
  const code = `ATH${String((sessions += 1)).padStart(2, "0")}`;
  await stockProgramme(world.ctx, [{ code }]);
  ({ competitionSessionId } = await gatesOf(world.ctx, code));
  // No test is given a list of the one before.
  world.clock.advance(60_000);
});

const strict: GatePolicySettings = {
  reentry: "after_exit",
  offlineAdmission: "home_gate",
  maxListAgeSeconds: 120,
  listTooOld: "refuse",
};
const change = (by: Actor = admin, policy: Partial<GatePolicySettings> = {}) =>
  changeGatePolicy(world.ctx, by, { competitionSessionId, ...strict, ...policy });
const read = () => readGatePolicy(world.ctx, { competitionSessionId });

test("is the server's until somebody sets it, for that competition session alone", async () => {
  const untouched = await read();
  expect(untouched).toEqual({
    reentry: "never",
    offlineAdmission: "any",
    maxListAgeSeconds: world.ctx.policy.listMaxAgeSeconds,
    listTooOld: "check",
    isDefault: true,
  });
  const first = competitionSessionId;
  await stockProgramme(world.ctx, [{ code: "SWM01" }]);
  ({ competitionSessionId } = await gatesOf(world.ctx, "SWM01"));
  await change();
  expect(await read()).toEqual({ ...strict, isDefault: false });
  expect(await readGatePolicy(world.ctx, { competitionSessionId: first })).toEqual(untouched);
});

test("reaches tablets with the next part of a list", async () => {
  const policyOfList = async () => (await fetchList(world.ctx, { competitionSessionId })).policy;
  expect(await policyOfList()).toMatchObject({ reentry: "never", offlineAdmission: "any" });
  await change();
  world.clock.advance(2000);
  const { maxListAgeSeconds: maxAgeSeconds, ...others } = strict;
  expect(await policyOfList()).toEqual({ ...others, maxAgeSeconds });
});

test("tells the journal what was before and what is now, and nothing where nothing changes", async () => {
  await change();
  await change();
  await change(admin, { maxListAgeSeconds: 180 });
  const entries = await database.db
    .selectFrom("audit_entry")
    .select(["actor_id", "details"])
    .where("action", "=", "gate_policy.changed")
    .where("subject_id", "=", competitionSessionId)
    .orderBy("id")
    .execute();
  expect(entries.map(({ actor_id }) => actor_id)).toEqual([admin.accountId, admin.accountId]);
  expect(entries.map(({ details }) => details)).toContainEqual(
    expect.objectContaining({ offlineAdmissionFrom: "any", offlineAdmissionTo: "home_gate", listTooOldTo: "refuse" }),
  );
  expect(entries.map(({ details }) => details)).toContainEqual(
    expect.objectContaining({ maxListAgeSecondsFrom: 120, maxListAgeSecondsTo: 180 }),
  );
});

test("is refused to who has just lost the right, and for a competition session that is not there", async () => {
  const former = await registerVisitor(world.ctx, "admin");
  await changeRole(world.ctx, admin, { accountId: former.accountId, role: "supervisor" });
  await expect(change(former)).rejects.toMatchObject({ code: "forbidden" });
  expect(await read()).toMatchObject({ isDefault: true });
  competitionSessionId = randomUUID();
  await expect(change()).rejects.toMatchObject({ code: "not_found" });
  await expect(read()).rejects.toMatchObject({ code: "not_found" });
});
