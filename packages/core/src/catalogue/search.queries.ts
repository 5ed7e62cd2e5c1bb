import { type RawBuilder, sql } from "kysely";

/** The words of a search, each as a pattern that takes its signs literally. None for an empty search. */
function patterns(search: string): string[] {
  const words = search.split(/\s+/).filter((word) => word !== "");
  return words.map((word) => `%${word.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`);
}

/**
 * True where every word of `search` is somewhere in `text`, in any order and whatever its case. Words are counted only
 * within one text, and so give it all the columns that may hold them.
 */
function containsWords(text: RawBuilder<unknown>, search: string): RawBuilder<boolean> {
  return sql<boolean>`${text} ilike all (${patterns(search)}::text[])`;
}

const competitionSessionText = sql`concat_ws(' ',
  competition_session.code, competition_session.discipline, competition_session.events, venue.name, venue.city)`;

/** For queries that join `competition_session` and `venue`: code, discipline, events, place. */
export function competitionSessionMatches(search: string): RawBuilder<boolean> {
  return containsWords(competitionSessionText, search);
}

/** For queries that join `offer` too: also by the offer's own names. */
export function offerMatches(search: string): RawBuilder<boolean> {
  return containsWords(sql`concat_ws(' ', ${competitionSessionText}, offer.name_fr, offer.name_en)`, search);
}
