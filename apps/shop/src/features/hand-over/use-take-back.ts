import { useMutation } from "@tanstack/react-query";
import { useTRPC } from "@tessera/ui";
import { useTranslations } from "use-intl";
import { useTicketNews } from "../../shared/use-hand-overs.ts";
import { useOnePress } from "../../shared/use-one-press.ts";

export type TakingBack = {
  readonly takeBack: (handOverId: string) => void;
  /** Which offer is being taken back now. */
  readonly pending: string | null;
  readonly error: unknown;
};

/**
 * Takes an offer back. It belongs where it stays when the offer has gone: what was too late is told then.
 *
 * @param onTakenBack gets the words for it
 */
export function useTakeBack(onTakenBack: (words: string) => void): TakingBack {
  const t = useTranslations("shop.handOver.offer");
  const trpc = useTRPC();
  const news = useTicketNews();
  const { mutateAsync, isPending, variables, error } = useMutation(
    trpc.tickets.handOvers.takeBack.mutationOptions({
      onSuccess: async () => {
        await news();
        onTakenBack(t("takenBack"));
      },
      onError: news,
    }),
  );
  return {
    takeBack: useOnePress((handOverId: string) => mutateAsync({ handOverIds: [handOverId] })),
    pending: isPending ? (variables.handOverIds[0] ?? null) : null,
    error,
  };
}
