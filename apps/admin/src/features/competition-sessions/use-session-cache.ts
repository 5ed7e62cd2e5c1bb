import { useQueryClient } from "@tanstack/react-query";
import type { AdminCompetitionSession } from "@tessera/contracts";
import { useTRPC } from "@tessera/ui";

/** Keeps the pages right after a change: what the server has just answered is what every page shows. */
export function useSessionCache(): {
  readonly keep: (found: AdminCompetitionSession) => void;
  /** After a failure: it may have been carried out with the answer lost, or somebody else was faster. */
  readonly lookAgain: (competitionSessionId: string) => void;
} {
  const { catalogue, sales } = useTRPC().admin;
  const queryClient = useQueryClient();
  return {
    keep: (found) => {
      const { id: competitionSessionId } = found.competitionSession;
      queryClient.setQueryData(catalogue.competitionSession.queryKey({ competitionSessionId }), found);
      // Offers, seat pools and sales show it too.
      void queryClient.invalidateQueries(catalogue.pathFilter());
      void queryClient.invalidateQueries(sales.pathFilter());
    },
    lookAgain: (competitionSessionId) =>
      void queryClient.invalidateQueries(catalogue.competitionSession.queryFilter({ competitionSessionId })),
  };
}
