import type { CompetitionSessionSummary, ScannerView } from "@tessera/contracts";

type Choice = { readonly competitionSession: CompetitionSessionSummary };

/**
 * The competition session that somebody who opens the page most probably wants: the next one that has a tablet, else the
 * next one, else the last there was.
 */
export function likelySession(
  choices: readonly Choice[],
  tablets: readonly ScannerView[],
  nowMs: number,
): CompetitionSessionSummary | undefined {
  const sessions = choices.map(({ competitionSession }) => competitionSession);
  const toCome = sessions.filter(({ endsAt, state }) => state === "scheduled" && Date.parse(endsAt) > nowMs);
  const served = new Set(
    tablets
      .filter(({ state }) => state === "enrolled")
      .flatMap(({ competitionSessions }) => competitionSessions.map(({ id }) => id)),
  );
  return toCome.find(({ id }) => served.has(id)) ?? toCome[0] ?? sessions.at(-1);
}
