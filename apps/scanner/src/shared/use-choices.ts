import { useQuery } from "@tanstack/react-query";
import type { CompetitionSessionSummary, Gate } from "@tessera/contracts";
import { useTRPC } from "@tessera/ui";

/** A competition session and the gates of its venue. */
export type Choice = { readonly competitionSession: CompetitionSessionSummary; readonly gates: readonly Gate[] };

/** Everything that staff can choose from. It changes rarely, and all pages share it. */
export function useChoices() {
  const trpc = useTRPC();
  return useQuery(trpc.validation.gate.competitionSessions.queryOptions());
}
