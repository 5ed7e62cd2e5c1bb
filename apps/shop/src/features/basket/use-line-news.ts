import { useQueries } from "@tanstack/react-query";
import { useTRPC } from "@tessera/ui";
import type { BasketLine } from "../../shared/basket/basket.ts";
import { type LineNews, newsOf } from "./line-news.ts";

/** What has changed on the lines since they were chosen, by offer; nothing as long as the catalogue is not here. */
export function useLineNews(lines: readonly BasketLine[]): ReadonlyMap<string, LineNews> {
  const trpc = useTRPC();
  const codes = [...new Set(lines.flatMap(({ entries }) => entries[0]?.competitionSession.code ?? []))];
  const answers = useQueries({
    queries: codes.map((code) =>
      trpc.tickets.catalogue.competitionSession.queryOptions({ code }, { refetchOnMount: "always" }),
    ),
  });
  const news = new Map<string, LineNews>();
  for (const { data, isFetchedAfterMount } of answers) {
    // What was read for another page may be older than the line.
    if (data === undefined || !isFetchedAfterMount) continue;
    for (const line of lines) {
      if (line.entries[0]?.competitionSession.code !== data.competitionSession.code) continue;
      const change = newsOf(line, data);
      if (change !== undefined) news.set(line.offerId, change);
    }
  }
  return news;
}
