import type { CompetitionSessionSummary } from "@tessera/contracts";

/** A seat pool as one chooses it. */
export type SeatPoolChoice = {
  readonly seatPoolId: string;
  readonly competitionSession: CompetitionSessionSummary;
  readonly category: string;
  readonly capacity: number;
  readonly taken: number;
};
