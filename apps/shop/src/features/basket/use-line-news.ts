import { keepPreviousData, useQueries, useQuery } from "@tanstack/react-query";
import type { PurchaseLimits } from "@tessera/contracts";
import { useTRPC } from "@tessera/ui";
import type { BasketLine } from "../../shared/basket/basket.ts";
import { exactNewsOf, type LineNews, newsOf } from "./line-news.ts";
import { type ExactOffer, obtainable } from "./obtainable.ts";

export type BasketNews = {
  /** What has changed on the lines since they were chosen, by offer. */
  readonly news: ReadonlyMap<string, LineNews>;
  /** What is exactly left, by offer; empty for strangers, who see coarse steps. */
  readonly exact: ReadonlyMap<string, ExactOffer>;
  /** How many of each line can be had, by offer, where that is exactly known. */
  readonly units: ReadonlyMap<string, number>;
  /** Undefined as long as the catalogue is not here. */
  readonly limits: PurchaseLimits | undefined;
  /** Looks again, and ends when it is known. */
  readonly lookAgain: () => Promise<unknown>;
};

const exactEveryMs = 4_000;
const coarseEveryMs = 15_000;

/** What has become of what is in the basket: exactly for who is signed in, again and again while the page is in view. */
export function useLineNews(lines: readonly BasketLine[], signedIn: boolean): BasketNews {
  const trpc = useTRPC();
  const codes = [...new Set(lines.flatMap(({ entries }) => entries[0]?.competitionSession.code ?? []))];
  const catalogue = useQueries({
    queries: codes.map((code) =>
      trpc.tickets.catalogue.competitionSession.queryOptions(
        { code },
        { refetchOnMount: "always", refetchInterval: coarseEveryMs },
      ),
    ),
  });
  const offerIds = lines.map(({ offerId }) => offerId).toSorted();
  const availability = useQuery(
    trpc.tickets.sales.availability.queryOptions(
      { offerIds },
      {
        enabled: signedIn && offerIds.length > 0,
        staleTime: 0,
        refetchInterval: exactEveryMs,
        refetchOnWindowFocus: "always",
        placeholderData: keepPreviousData,
      },
    ),
  );

  // What is not known now is better left to the catalogue than to an answer from before.
  const answer = availability.isError ? [] : (availability.data ?? []);
  const exact = new Map(answer.map((offer) => [offer.offerId, offer]));
  const units = obtainable(lines, exact);
  const news = new Map<string, LineNews>();
  for (const line of lines) {
    const code = line.entries[0]?.competitionSession.code;
    // What was read for another page may be older than the line.
    const detail = catalogue.find(
      ({ data, isFetchedAfterMount }) => isFetchedAfterMount && data?.competitionSession.code === code,
    )?.data;
    const offer = exact.get(line.offerId);
    const change =
      offer !== undefined
        ? exactNewsOf(line, offer, units.get(line.offerId) ?? 0)
        : detail === undefined
          ? undefined
          : newsOf(line, detail);
    if (change !== undefined) news.set(line.offerId, change);
  }
  return {
    news,
    exact,
    units,
    limits: catalogue.find(({ data }) => data !== undefined)?.data?.limits,
    lookAgain: availability.refetch,
  };
}
