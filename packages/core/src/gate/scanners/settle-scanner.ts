import type { Facts, assignScannerInput, ScannerState } from "@tessera/contracts";
import type { Database } from "@tessera/db";
import type { Transaction } from "kysely";
import { demandSupervisor } from "../../accounts/staff/change-employee.ts";
import { writeAuditEntry } from "../../audit/write-audit-entry.ts";
import type { CoreContext } from "../../context.ts";
import { CodedError } from "../../errors.ts";
import type { Actor } from "../../ports.ts";
import { endShifts } from "../shifts/end-shifts.ts";
import { stateAt } from "./scanner.ts";
import {
  demandOneVenue,
  lockScanner,
  updateAssignment,
  updateEnrolled,
  updateRefused,
  updateRevoked,
} from "./scanners.queries.ts";

type Parts = Pick<CoreContext, "db" | "clock" | "random">;
type Who = Pick<Actor, "accountId">;
type Wanted = { scannerId: string };

/**
 * Enrols a tablet, in the name of whoever has compared both screens. One that is enrolled stays so.
 * Throws `not_found`, `conflict` for one that nobody has claimed, or too long ago, and `forbidden` if the one who acts has
 * just lost the right to; so do all of these.
 */
export async function confirmScanner(ctx: Parts, actor: Who, { scannerId }: Wanted): Promise<void> {
  await change(ctx, actor, scannerId, async (trx, { state, at }) => {
    if (state === "enrolled") return;
    if (state !== "claimed") throw new CodedError("conflict", { state });
    await updateEnrolled(trx, scannerId, { by: actor.accountId, at });
    await note(trx, ctx, "scanner.enrolled", actor, scannerId);
  });
}

/** Takes an invitation back, or says that the screens differ. For good; throws `conflict` for a tablet that is enrolled. */
export async function refuseScanner(ctx: Parts, actor: Who, { scannerId }: Wanted): Promise<void> {
  await change(ctx, actor, scannerId, async (trx, { state }) => {
    if (state === "refused") return;
    if (state === "enrolled" || state === "revoked") throw new CodedError("conflict", { state });
    await updateRefused(trx, scannerId);
    await note(trx, ctx, "scanner.refused", actor, scannerId);
  });
}

/**
 * Gives a tablet another name, gate or competition sessions; it learns that when it next checks in. Throws
 * `gate_not_in_venue`, and `conflict` for one that is out of use.
 */
export async function assignScanner(
  ctx: Parts,
  actor: Who,
  { scannerId, ...assignment }: Facts<typeof assignScannerInput>,
): Promise<void> {
  await change(ctx, actor, scannerId, async (trx, { state }) => {
    if (state !== "invited" && state !== "claimed" && state !== "enrolled") throw new CodedError("conflict", { state });
    await demandOneVenue(trx, assignment);
    await updateAssignment(trx, scannerId, assignment);
    await note(trx, ctx, "scanner.assigned", actor, scannerId, { gateId: assignment.gateId });
  });
}

/** Shuts a tablet out at once and for good, and ends its shifts. Throws `conflict` for one that was never enrolled. */
export async function revokeScanner(ctx: Parts, actor: Who, { scannerId }: Wanted): Promise<void> {
  await change(ctx, actor, scannerId, async (trx, { state, at }) => {
    if (state === "revoked") return;
    if (state !== "enrolled") throw new CodedError("conflict", { state });
    await updateRevoked(trx, scannerId, { by: actor.accountId, at });
    await endShifts(trx, ctx, { scannerId }, { by: actor.accountId });
    await note(trx, ctx, "scanner.revoked", actor, scannerId);
  });
}

/** Everything that a supervisor does to a tablet: behind the lock of its row, by its state at that moment. */
async function change(
  ctx: Parts,
  actor: Who,
  scannerId: string,
  act: (trx: Transaction<Database>, now: { state: ScannerState; at: Date }) => Promise<void>,
): Promise<void> {
  await ctx.db.transaction().execute(async (trx) => {
    await demandSupervisor(trx, actor);
    const scanner = await lockScanner(trx, { id: scannerId });
    if (scanner === undefined) throw new CodedError("not_found");
    const at = ctx.clock();
    await act(trx, { state: stateAt(scanner, at), at });
  });
}

function note(
  trx: Transaction<Database>,
  ctx: Parts,
  action: "scanner.enrolled" | "scanner.refused" | "scanner.assigned" | "scanner.revoked",
  { accountId: actorId }: Who,
  subjectId: string,
  details: Record<string, string> = {},
): Promise<void> {
  return writeAuditEntry(trx, ctx, { action, actorId, subjectId, details });
}
