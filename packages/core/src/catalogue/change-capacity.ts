import type { capacityChangeIdInput, changeCapacityInput, Given } from "@tessera/contracts";
import type { Database } from "@tessera/db";
import type { Transaction } from "kysely";
import { lockAdmins } from "../accounts/staff/employees.queries.ts";
import { refuseNewAdmin } from "../accounts/staff/second-admin.ts";
import { writeAuditEntry } from "../audit/write-audit-entry.ts";
import type { CoreContext } from "../context.ts";
import { CodedError } from "../errors.ts";
import { newId } from "../ids.ts";
import type { Actor } from "../ports.ts";
import { lockSeatPools } from "../sales/reservations.queries.ts";
import {
  insertCapacityChanges,
  selectAwaitingChange,
  selectCapacityDrift,
  selectSeatPoolOfChange,
  updateCapacity,
  updateCapacityChange,
} from "./capacity-changes.queries.ts";
import { capacityWindowMs, needsSecondAdmin } from "./capacity.ts";
import { type CapacityChangeFacts, readCapacityChange } from "./list-capacity-changes.ts";

type Parts = Pick<CoreContext, "db" | "clock" | "random">;

/**
 * Changes how many seats a pool has: at once, or, if it is by more than 5 % of what there is now or was a day ago, as soon
 * as a second admin approves. Under the pool's lock, and so nobody buys in between. Errors: `not_found`; `conflict` with
 * `capacity` if it is not `from` any more, or because one waits for approval already; `capacity_below_taken` with `taken`;
 * `invalid_input` for no change at all; `second_admin_required` with `from` for a large one by who has been an admin for
 * less than 48 hours; `forbidden` for who has just lost the right to.
 */
export async function changeCapacity(
  ctx: Parts,
  actor: Pick<Actor, "accountId">,
  { seatPoolId, capacity, from }: Given<typeof changeCapacityInput>,
): Promise<CapacityChangeFacts> {
  if (capacity === from) throw new CodedError("invalid_input");
  return ctx.db.transaction().execute(async (trx) => {
    const [pool] = await lockSeatPools(trx, [seatPoolId]);
    if (pool === undefined) throw new CodedError("not_found");
    assertAsSeen(pool, from);
    assertNotBelowTaken(pool, capacity);
    const [admin] = await lockAdmins(trx, [actor.accountId]);
    if (admin === undefined) throw new CodedError("forbidden");

    const at = ctx.clock();
    const since = new Date(at.getTime() - capacityWindowMs);
    const drift = (await selectCapacityDrift(trx, { seatPoolIds: [seatPoolId], since })).get(seatPoolId) ?? 0;
    const waits = needsSecondAdmin({ from, to: capacity, drift });
    if (waits) refuseNewAdmin(admin, at);
    const changeId = newId(ctx);
    const requestedBy = actor.accountId;
    const state = waits ? "awaiting_approval" : "applied";
    await insertCapacityChanges(trx, [
      { id: changeId, seatPoolId, fromCapacity: from, toCapacity: capacity, state, requestedBy, at },
    ]);
    if (!waits) await updateCapacity(trx, { seatPoolId, capacity });
    await audit(ctx, trx, { action: waits ? "requested" : "applied", actor, changeId, seatPoolId, from, to: capacity });
    return readCapacityChange(trx, changeId);
  });
}

/**
 * The second admin's yes. Capacity and seats taken are looked at again. Errors: `not_found`; `second_admin_required` for
 * the one who asked, and with `from` for who has been an admin for less than 48 hours; `capacity_below_taken` with
 * `taken`; `forbidden` for who has just lost the right to; `conflict` if it was decided already, if the capacity is
 * another one now (`capacity`), or if the one who asked is no admin any more.
 */
export async function approveCapacityChange(
  ctx: Parts,
  actor: Pick<Actor, "accountId">,
  { changeId }: Given<typeof capacityChangeIdInput>,
): Promise<CapacityChangeFacts> {
  return decide(ctx, changeId, async (trx, { seatPoolId, pool, change, at }) => {
    const { fromCapacity: from, toCapacity: to, requestedBy } = change;
    if (requestedBy === actor.accountId) throw new CodedError("second_admin_required");
    const admins = await lockAdmins(trx, [actor.accountId, requestedBy]);
    const approver = admins.find(({ id }) => id === actor.accountId);
    if (approver === undefined) throw new CodedError("forbidden");
    refuseNewAdmin(approver, at);
    if (admins.length < 2) throw new CodedError("conflict", { reason: "requester_is_no_admin" });
    assertAsSeen(pool, from);
    assertNotBelowTaken(pool, to);
    await updateCapacityChange(trx, { changeId, state: "applied", decidedBy: actor.accountId, at });
    await updateCapacity(trx, { seatPoolId, capacity: to });
    await audit(ctx, trx, { action: "applied", actor, changeId, seatPoolId, from, to });
  });
}

/** Any admin's no, also of the one who asked. Errors: `not_found`, `conflict` if it was decided already, `forbidden`. */
export async function rejectCapacityChange(
  ctx: Parts,
  actor: Pick<Actor, "accountId">,
  { changeId }: Given<typeof capacityChangeIdInput>,
): Promise<CapacityChangeFacts> {
  return decide(ctx, changeId, async (trx, { seatPoolId, change, at }) => {
    const { fromCapacity: from, toCapacity: to } = change;
    if ((await lockAdmins(trx, [actor.accountId])).length === 0) throw new CodedError("forbidden");
    await updateCapacityChange(trx, { changeId, state: "rejected", decidedBy: actor.accountId, at });
    await audit(ctx, trx, { action: "rejected", actor, changeId, seatPoolId, from, to });
  });
}

type Awaiting = {
  seatPoolId: string;
  pool: { capacity: number; taken: number };
  change: { fromCapacity: number; toCapacity: number; requestedBy: string };
  at: Date;
};

/** One after the other under the pool's lock: of many who decide at once, the first one does. */
async function decide(
  ctx: Parts,
  changeId: string,
  write: (trx: Transaction<Database>, awaiting: Awaiting) => Promise<void>,
): Promise<CapacityChangeFacts> {
  const known = await selectSeatPoolOfChange(ctx.db, changeId);
  if (known === undefined) throw new CodedError("not_found");
  return ctx.db.transaction().execute(async (trx) => {
    const [pool] = await lockSeatPools(trx, [known.seatPoolId]);
    const change = await selectAwaitingChange(trx, changeId);
    if (pool === undefined || change === undefined) throw new CodedError("conflict");
    await write(trx, { seatPoolId: known.seatPoolId, pool, change, at: ctx.clock() });
    return readCapacityChange(trx, changeId);
  });
}

function assertAsSeen(pool: { capacity: number }, seen: number): void {
  if (pool.capacity !== seen) throw new CodedError("conflict", { capacity: pool.capacity });
}

function assertNotBelowTaken(pool: { taken: number }, capacity: number): void {
  if (capacity < pool.taken) throw new CodedError("capacity_below_taken", { taken: pool.taken });
}

async function audit(
  ctx: Parts,
  trx: Transaction<Database>,
  act: {
    action: "requested" | "applied" | "rejected";
    actor: Pick<Actor, "accountId">;
    changeId: string;
    seatPoolId: string;
    from: number;
    to: number;
  },
): Promise<void> {
  await writeAuditEntry(trx, ctx, {
    action: `capacity_change.${act.action}`,
    actorId: act.actor.accountId,
    subjectId: act.seatPoolId,
    details: { changeId: act.changeId, from: act.from, to: act.to },
  });
}
