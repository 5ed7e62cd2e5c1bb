import { competitionSessionIdInput, gateLive } from "@tessera/contracts";
import { watchGate } from "@tessera/core";
import { eventsOf, whileLetIn } from "../../live.ts";
import { supervisorProcedure } from "../../trpc.ts";

export const liveProcedure = supervisorProcedure
  .input(competitionSessionIdInput)
  .output(eventsOf(gateLive))
  .subscription(({ ctx, input, path, signal }) =>
    whileLetIn({ ctx, path, signal }, (ending) => watchGate(ctx.core, input.competitionSessionId, ending)),
  );
