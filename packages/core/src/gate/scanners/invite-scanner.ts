import type { Facts, inviteScannerInput, scannerInvitation } from "@tessera/contracts";
import { demandSupervisor } from "../../accounts/staff/change-employee.ts";
import { writeAuditEntry } from "../../audit/write-audit-entry.ts";
import type { CoreContext } from "../../context.ts";
import { newId, newReference } from "../../ids.ts";
import type { Actor } from "../../ports.ts";
import { hashScannerCode } from "./scanner-code.ts";
import { demandOneVenue, insertScanner } from "./scanners.queries.ts";

/**
 * Makes the one-time code by which a new tablet enrols, and says what that tablet is for. Only this answer shows the code.
 * Throws `not_found` for a gate, `gate_not_in_venue`, or `forbidden` if the one who acts has just lost the right to.
 */
export function inviteScanner(
  ctx: Pick<CoreContext, "db" | "clock" | "random" | "policy">,
  actor: Pick<Actor, "accountId">,
  assignment: Facts<typeof inviteScannerInput>,
): Promise<Omit<Facts<typeof scannerInvitation>, "link">> {
  return ctx.db.transaction().execute(async (trx) => {
    await demandSupervisor(trx, actor);
    await demandOneVenue(trx, assignment);
    const invitedAt = ctx.clock();
    const code = newReference(ctx);
    const scannerId = newId(ctx);
    const expiresAt = new Date(invitedAt.getTime() + ctx.policy.scannerCodeMinutes * 60_000);
    await insertScanner(trx, {
      ...assignment,
      id: scannerId,
      codeHash: hashScannerCode(code),
      codeExpiresAt: expiresAt,
      invitedBy: actor.accountId,
      invitedAt,
    });
    const { gateId } = assignment;
    await writeAuditEntry(trx, ctx, {
      action: "scanner.invited",
      actorId: actor.accountId,
      subjectId: scannerId,
      details: { gateId },
    });
    return { scannerId, code, expiresAt };
  });
}
