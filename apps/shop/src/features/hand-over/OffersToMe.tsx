import { useMutation } from "@tanstack/react-query";
import type { HandOver } from "@tessera/contracts";
import { FormAlert, useTRPC } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { offersToMe } from "../../shared/hand-overs.ts";
import { useTicketNews } from "../../shared/use-hand-overs.ts";
import { useOnePress } from "../../shared/use-one-press.ts";
import { useRefusalWords } from "../../shared/use-refusal-words.ts";
import { OffersOfGiver } from "./OffersOfGiver.tsx";

type OffersToMeProps = {
  readonly handOvers: readonly HandOver[];
  /** They are the visitor's now, and so are the pages that show them. */
  readonly onAccepted: (accepted: readonly HandOver[]) => void;
  readonly onRefused: (words: string) => void;
};

/** Everything that is offered to the visitor, by who offers it. Nothing where nothing is. */
export function OffersToMe({ handOvers, onAccepted, onRefused }: OffersToMeProps): ReactNode {
  const t = useTranslations("shop.handOver.received");
  const trpc = useTRPC();
  const news = useTicketNews();
  const wordsFor = useRefusalWords();
  // What is refused is told here: an offer that is over takes its own place on the page with it.
  const accepting = useMutation(
    trpc.tickets.handOvers.accept.mutationOptions({
      onSuccess: async (accepted) => {
        await news();
        onAccepted(accepted);
      },
      onError: news,
    }),
  );
  const refusing = useMutation(
    trpc.tickets.handOvers.refuse.mutationOptions({
      onSuccess: async (refused) => {
        await news();
        onRefused(t("refused", { count: refused.length }));
      },
      onError: news,
    }),
  );
  const accept = useOnePress((handOverIds: string[]) => {
    refusing.reset();
    return accepting.mutateAsync({ handOverIds });
  });
  const refuse = (handOverIds: string[]): Promise<unknown> => {
    accepting.reset();
    return refusing.mutateAsync({ handOverIds }).catch(() => undefined);
  };
  const failure = accepting.error ?? refusing.error;
  return (
    <>
      <FormAlert failure={failure} words={wordsFor(failure)} />
      {offersToMe(handOvers).map(({ other, handOvers: offers }) => (
        <OffersOfGiver
          key={other}
          giver={other}
          offers={offers}
          accepting={accepting.isPending}
          onAccept={accept}
          onRefuse={refuse}
        />
      ))}
    </>
  );
}
