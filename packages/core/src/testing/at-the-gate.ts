import type { Facts, ScanQuestion, verdict } from "@tessera/contracts";
import type { CoreContext } from "../context.ts";
import { listGateCompetitionSessions } from "../gate/list-gate-competition-sessions.ts";
import { askScan } from "../gate/scans/ask-scan.ts";
import type { Actor } from "../ports.ts";
import { activateTickets } from "../tickets/activate-tickets.ts";
import { listTickets } from "../tickets/list-tickets.ts";
import { buy, makeDevice } from "./purchases.ts";
import { enrolTablet } from "./tablets.ts";

type Scanned = Pick<ScanQuestion, "competitionSessionId" | "gateId"> & { code: string };

/** A code on the way in, at a tablet that is new to everybody and asks the server. */
export async function scanOnline(
  ctx: CoreContext,
  { competitionSessionId, gateId, code }: Scanned,
): Promise<Facts<typeof verdict>> {
  const { scanner, shift } = await enrolTablet(ctx, { gateId, competitionSessionIds: [competitionSessionId] });
  return askScan(ctx, scanner, {
    number: 1,
    shiftId: shift.id,
    at: ctx.clock().toISOString(),
    competitionSessionId,
    gateId,
    direction: "in",
    means: "camera",
    code,
    ticketId: null,
  });
}

/** Where somebody goes in: a competition session and its gates, in the order of their codes. */
export async function gatesOf(ctx: CoreContext, code: string) {
  const sessions = await listGateCompetitionSessions(ctx);
  const session = sessions.find(({ competitionSession }) => competitionSession.code === code);
  if (session === undefined) throw new Error(`no ${code}`);
  return { competitionSessionId: session.competitionSession.id, gates: session.gates };
}

/** A ticket that its holder has just bought and shows at the first gate there is; of `ATH01` unless told. */
export async function goToGate(
  ctx: CoreContext,
  { buyer, code: sessionCode = "ATH01" }: { buyer: Actor; code?: string },
) {
  const { order, tickets } = await buy(ctx, buyer, { code: sessionCode });
  const ticketId = tickets[0]?.id ?? "";
  const device = await makeDevice();
  const wishes = await device.answerChallenges(ctx, buyer, [ticketId]);
  const activate = () => activateTickets(ctx, buyer, { tickets: wishes });
  const [pass] = await activate();
  const code = await device.show(pass?.pass ?? "", ctx.clock());
  const { competitionSessionId, gates } = await gatesOf(ctx, sessionCode);
  const gateId = gates[0]?.id ?? "";
  return {
    orderId: order.id,
    ticketId,
    competitionSessionId,
    gateId,
    /** What it shows at the moment when it was bought. */
    code,
    /** As a device asks again whose answer was lost. */
    activateAgain: activate,
    scan: () => scanOnline(ctx, { competitionSessionId, gateId, code }),
    seenByHolder: async () => (await listTickets(ctx, buyer, { orderId: order.id }))[0],
  };
}
