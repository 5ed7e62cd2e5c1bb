import {
  type Category,
  category,
  type competitionSessionSummary,
  competitionSessionState,
  type OfferKind,
  offerKind,
  type OfferState,
  offerState,
  type Facts,
} from "@tessera/contracts";

/** A competition session before it is written to the wire: its moments are Dates. */
export type CompetitionSessionFacts = Facts<typeof competitionSessionSummary>;

/** The columns of a competition session with its venue that everybody may see. */
export const competitionSessionColumns = [
  "competition_session.id as competition_session_id",
  "competition_session.code",
  "competition_session.discipline_code",
  "competition_session.discipline",
  "competition_session.events",
  "competition_session.medal",
  "competition_session.state as competition_session_state",
  "competition_session.starts_at",
  "competition_session.ends_at",
  "venue.code as venue_code",
  "venue.name as venue",
  "venue.city",
  "venue.time_zone",
] as const;

export type CompetitionSessionRow = {
  competition_session_id: string;
  code: string;
  discipline_code: string;
  discipline: string;
  events: string;
  medal: boolean;
  competition_session_state: string;
  starts_at: Date;
  ends_at: Date;
  venue_code: string;
  venue: string;
  city: string;
  time_zone: string;
};

export function toCompetitionSession(row: CompetitionSessionRow): CompetitionSessionFacts {
  return {
    id: row.competition_session_id,
    code: row.code,
    disciplineCode: row.discipline_code,
    discipline: row.discipline,
    events: row.events,
    medal: row.medal,
    state: competitionSessionState.parse(row.competition_session_state),
    venueCode: row.venue_code,
    venue: row.venue,
    city: row.city,
    timeZone: row.time_zone,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
  };
}

/** The columns that say what an offer is called. */
export const offerNameColumns = ["offer.kind", "offer.persons", "offer.name_fr", "offer.name_en"] as const;

export type OfferNameRow = { kind: string; persons: number; name_fr: string | null; name_en: string | null };

export function toOfferName(row: OfferNameRow): {
  kind: OfferKind;
  persons: number;
  name: { fr: string; en: string } | null;
} {
  const name = row.name_fr === null || row.name_en === null ? null : { fr: row.name_fr, en: row.name_en };
  return { kind: offerKind.parse(row.kind), persons: row.persons, name };
}

// What a CHECK constraint has already assured, told to the types.
export const toCategory = (text: string): Category => category.parse(text);
export const toOfferState = (text: string): OfferState => offerState.parse(text);
