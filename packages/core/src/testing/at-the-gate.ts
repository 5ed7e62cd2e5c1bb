import { randomUUID } from "node:crypto";
import type { CoreContext } from "../context.ts";
import { listGateCompetitionSessions } from "../gate/list-gate-competition-sessions.ts";
import { scanCode } from "../gate/scan-code.ts";
import type { Actor } from "../ports.ts";
import { activateTickets } from "../tickets/activate-tickets.ts";
import { listTickets } from "../tickets/list-tickets.ts";
import { buy, makeDevice } from "./purchases.ts";

/** A ticket that its holder has just bought and shows at the first gate there is; of `ATH01` unless told. */
export async function goToGate(
  ctx: CoreContext,
  { buyer, staff, code: competitionSessionCode = "ATH01" }: { buyer: Actor; staff: Actor; code?: string },
) {
  const { order, tickets } = await buy(ctx, buyer, { code: competitionSessionCode });
  const ticketId = tickets[0]?.id ?? "";
  const device = await makeDevice();
  const wishes = await device.answerChallenges(ctx, buyer, [ticketId]);
  const activate = () => activateTickets(ctx, buyer, { tickets: wishes });
  const [pass] = await activate();
  const code = await device.show(pass?.pass ?? "", ctx.clock());
  const sessions = await listGateCompetitionSessions(ctx);
  const session = sessions.find(({ competitionSession }) => competitionSession.code === competitionSessionCode);
  const competitionSessionId = session?.competitionSession.id ?? "";
  const gateId = session?.gates[0]?.id ?? "";
  const scannedAt = ctx.clock().toISOString();
  return {
    orderId: order.id,
    ticketId,
    competitionSessionId,
    /** As a device asks again whose answer was lost. */
    activateAgain: activate,
    scan: () => scanCode(ctx, staff, { competitionSessionId, gateId, code, nonce: randomUUID(), scannedAt }),
    seenByHolder: async () => (await listTickets(ctx, buyer, { orderId: order.id }))[0],
  };
}
