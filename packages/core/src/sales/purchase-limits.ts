import type { PurchaseLimits } from "@tessera/contracts";

export const limitColumns = ["limit_games", "limit_competition_session", "limit_ceremony"] as const;

/** The limits of an account, as the Games' row has them. */
export function toLimits(games: Record<(typeof limitColumns)[number], number>): PurchaseLimits {
  return {
    games: games.limit_games,
    competitionSession: games.limit_competition_session,
    ceremony: games.limit_ceremony,
  };
}
