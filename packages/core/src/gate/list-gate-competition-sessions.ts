import type { gateCompetitionSessions, Facts } from "@tessera/contracts";
import { toCompetitionSession } from "../catalogue/rows.ts";
import type { CoreContext } from "../context.ts";
import { selectCompetitionSessionsWithGates } from "./gate.queries.ts";
import { toGate } from "./gate.ts";

type Choice = Facts<typeof gateCompetitionSessions>;

/** What staff choose from at the start of a shift, in the order of time. */
export async function listGateCompetitionSessions(ctx: Pick<CoreContext, "db">): Promise<Choice> {
  const rows = await selectCompetitionSessionsWithGates(ctx.db);
  const choices = new Map<string, Choice[number]>();
  for (const row of rows) {
    const choice = choices.get(row.competition_session_id) ?? {
      competitionSession: toCompetitionSession(row),
      gates: [],
    };
    choice.gates.push(toGate(row));
    choices.set(row.competition_session_id, choice);
  }
  return [...choices.values()];
}
