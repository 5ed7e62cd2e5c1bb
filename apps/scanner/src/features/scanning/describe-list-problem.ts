import type { ListProblem } from "@tessera/scanner-core";

/** What a person does about a list that was refused. */
type Remedy = "update" | "trust" | "room" | "again";

const remedies: Readonly<Record<ListProblem, Remedy>> = {
  unknown_version: "update",
  unknown_key: "trust",
  bad_signature: "trust",
  other_games: "trust",
  other_issuer_key: "trust",
  not_kept: "room",
  not_next: "again",
  other_competition_session: "again",
  malformed: "again",
  older: "again",
  ahead_of_time: "again",
};

export const remedyOf = (problem: ListProblem): Remedy => remedies[problem];
