import type { adminCompetitionSession, Facts } from "@tessera/contracts";
import type { CoreContext } from "../context.ts";
import { CodedError } from "../errors.ts";
import { gatesOpenAt } from "../gate/window.ts";
import { selectFailedRefunds, selectOwed, selectPaidBack } from "../sales/pay-back-cancelled.queries.ts";
import { handOverClosesAt } from "../tickets/hand-overs/hand-over.ts";
import { countOffered, selectAdminCompetitionSession, selectCategoryCounts } from "./competition-sessions.queries.ts";
import { toCategory, toCompetitionSession } from "./rows.ts";

type Session = Facts<typeof adminCompetitionSession>;

const mostFailed = 100;

/**
 * A competition session as an organiser sees it: how full it is, what may be done with its tickets, what cancelling it
 * would pay back, and once it is cancelled, how far that has come. Throws `not_found`.
 */
export async function readAdminCompetitionSession(
  ctx: Pick<CoreContext, "db" | "clock" | "policy">,
  { competitionSessionId: id }: { competitionSessionId: string },
): Promise<Session> {
  const row = await selectAdminCompetitionSession(ctx.db, id);
  if (row === undefined) throw new CodedError("not_found");
  const [categories, offered, owed, paidBack, failedRefunds] = await Promise.all([
    selectCategoryCounts(ctx.db, id),
    countOffered(ctx.db, id, ctx.clock()),
    selectOwed(ctx.db, id),
    selectPaidBack(ctx.db, id),
    selectFailedRefunds(ctx.db, id, mostFailed),
  ]);
  const session = toCompetitionSession(row);
  const { underWay, succeeded, failed, ...amounts } = paidBack;
  return {
    competitionSession: { ...session, phases: row.phases, gatesOpenAt: gatesOpenAt(ctx.policy, session) },
    currency: "EUR",
    categories: categories.map(({ id: seatPoolId, category, ...counts }) => ({
      seatPoolId,
      category: toCategory(category),
      ...counts,
    })),
    handOver: { allowed: row.hand_over_allowed, closesAt: handOverClosesAt(ctx.policy, session), offered },
    cancelled: toCancelled(row),
    owed,
    paidBack: { ...amounts, refunds: { underWay, succeeded, failed } },
    failedRefunds,
  };
}

function toCancelled(
  row: NonNullable<Awaited<ReturnType<typeof selectAdminCompetitionSession>>>,
): Session["cancelled"] {
  const { cancelled_at: at, cancelled_by: by, cancel_note: note, paid_back_at: paidBackAt } = row;
  if (at === null || note === null) return null;
  const displayName = row.canceller_deleted_at === null ? row.canceller_name : null;
  return { at, by: by === null ? null : { id: by, displayName }, note, paidBackAt };
}
