import type { CoreContext } from "../context.ts";
import { listTickets } from "../tickets/list-tickets.ts";
import { registerVisitor } from "./accounts.ts";
import { stockProgramme } from "./catalogue.ts";
import { incidentsIn, passagesOf } from "./gate-books.queries.ts";
import { buy, makeDevice } from "./purchases.ts";
import { openJournal } from "./tablet-journal.ts";

/** A competition session of its own, whose gates are open, with tickets on devices and tablets at its gates. */
export async function openGateDay(ctx: CoreContext, code: string) {
  const startsAt = new Date(ctx.clock().getTime() + 1_800_000);
  const endsAt = new Date(startsAt.getTime() + 12_600_000);
  await stockProgramme(ctx, [{ code, capacity: 50, startsAt, endsAt }]);
  const buyer = await registerVisitor(ctx);
  return {
    buyer,
    tabletAt: (gate = 0) => openJournal(ctx, { code, gate }),
    /** A ticket on its holder's device. */
    activated: async (holder = buyer) => {
      const { tickets } = await buy(ctx, holder, { code });
      const ticketId = tickets[0]?.id ?? "";
      const device = await makeDevice();
      const [pass] = await device.activate(ctx, holder, [ticketId]);
      return {
        ticketId,
        /** What its device was given, base64url. */
        pass: pass?.pass ?? "",
        show: () => device.show(pass?.pass ?? "", ctx.clock()),
        passages: () => passagesOf(ctx.db, ticketId),
        state: async () => (await listTickets(ctx, holder, {})).find(({ id }) => id === ticketId)?.state,
      };
    },
    /** Its incidents: kind and state, with the number of scans. */
    incidents: async (of: { competitionSessionId: string }) => {
      const found = await incidentsIn(ctx.db, of.competitionSessionId);
      return found.map(({ kind, state, scans }) => `${kind} ${state} ${scans}`).toSorted();
    },
  };
}
