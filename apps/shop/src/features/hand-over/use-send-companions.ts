import { useMutation } from "@tanstack/react-query";
import { apiErrorOf } from "@tessera/client";
import { useTRPC } from "@tessera/ui";
import { useTicketNews } from "../../shared/use-hand-overs.ts";
import type { Changes } from "./companions-form.ts";

export type Outcome = {
  readonly named: number;
  /** The addresses that tickets were offered to, one for each ticket. */
  readonly offeredTo: readonly string[];
  /** Why not, by ticket. */
  readonly refusals: ReadonlyMap<string, unknown>;
  /** What was refused of no ticket in particular. */
  readonly failure: Error | null;
};

/**
 * Does it all at once and gives what became of each: a name that is refused keeps nobody else's from being written. Offers
 * are all made, or none.
 */
export function useSendCompanions(): (changes: Changes) => Promise<Outcome> {
  const trpc = useTRPC();
  const news = useTicketNews();
  const naming = useMutation(trpc.tickets.tickets.nameCompanion.mutationOptions());
  const offering = useMutation(trpc.tickets.handOvers.offer.mutationOptions());
  return async ({ names, offers }) => {
    const refusals = new Map<string, unknown>();
    let named = 0;
    let failure: Error | null = null;
    let offeredTo: string[] = [];
    const writeNames = names.map(async (one) => {
      try {
        await naming.mutateAsync(one);
        named += 1;
      } catch (error) {
        refusals.set(one.ticketId, error);
      }
    });
    const makeOffers = async (): Promise<void> => {
      if (offers.length === 0) return;
      try {
        await offering.mutateAsync({ offers: [...offers] });
        offeredTo = offers.map(({ email }) => email);
      } catch (error) {
        const { ticketId } = apiErrorOf(error).details;
        if (typeof ticketId === "string") refusals.set(ticketId, error);
        else failure = error instanceof Error ? error : new Error("no offer was made", { cause: error });
      }
    };
    await Promise.all([...writeNames, makeOffers()]);
    await news();
    return { named, offeredTo, refusals, failure };
  };
}
