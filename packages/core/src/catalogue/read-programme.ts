import type { competitionSessionDetail, programme, Facts } from "@tessera/contracts";
import type { CoreContext } from "../context.ts";
import { CodedError } from "../errors.ts";
import { gatesOpenAt } from "../gate/window.ts";
import type { Catalogue, CatalogueSession } from "./catalogue-cache.ts";
import { availabilityOf, bestAvailability, isOnSale, type OfferTerms, worstAvailability } from "./offer.ts";

type ProgrammeFacts = Facts<typeof programme>;
type DetailFacts = Facts<typeof competitionSessionDetail>;

const currency = "EUR" as const;

/** The whole programme in the order of time, with what it costs at least and how much is left. From memory. */
export async function readProgramme(ctx: Pick<CoreContext, "catalogue" | "clock">): Promise<ProgrammeFacts> {
  const catalogue = await ctx.catalogue.read();
  const now = ctx.clock();
  return {
    gamesName: catalogue.gamesName,
    currency,
    competitionSessions: catalogue.competitionSessions.map((session) => {
      const offers = session.offers.filter((offer) => isOnSale(offer, now));
      const prices = offers.map((offer) => Math.floor(offer.priceCents / offer.persons));
      return {
        ...session.facts,
        fromCents: prices.length === 0 ? null : Math.min(...prices),
        availability: bestAvailability(offers.map((offer) => offerAvailability(catalogue, offer))),
      };
    }),
    packages: packagesOf(catalogue, now),
  };
}

/** What is on sale now and lets into several competition sessions, each once, its sessions in the order of time. */
function packagesOf(catalogue: Catalogue, now: Date): ProgrammeFacts["packages"] {
  const offers = new Set(catalogue.competitionSessions.flatMap((session) => session.offers));
  return [...offers].flatMap((offer) => {
    if (offer.entries.length < 2 || offer.name === null || !isOnSale(offer, now)) return [];
    const ids = new Set(offer.entries.map(({ competitionSessionId }) => competitionSessionId));
    const sessions = catalogue.competitionSessions.filter(({ facts }) => ids.has(facts.id));
    const competitionSessionCodes = sessions.map(({ facts }) => facts.code);
    return [{ offerId: offer.id, name: offer.name, priceCents: offer.priceCents, competitionSessionCodes }];
  });
}

/** One competition session with what is on sale in each category. Throws `not_found`. */
export async function readCompetitionSession(
  ctx: Pick<CoreContext, "catalogue" | "clock" | "policy">,
  { code }: { code: string },
): Promise<DetailFacts> {
  const catalogue = await ctx.catalogue.read();
  const session = catalogue.byCode.get(code);
  if (session === undefined || catalogue.limits === null) throw new CodedError("not_found");
  return {
    competitionSession: {
      ...session.facts,
      phases: session.phases,
      gatesOpenAt: gatesOpenAt(ctx.policy, session.facts),
    },
    categories: categoriesOf(catalogue, session, ctx.clock()),
    limits: catalogue.limits,
  };
}

function categoriesOf(catalogue: Catalogue, session: CatalogueSession, now: Date): DetailFacts["categories"] {
  const onSale = session.offers.filter((offer) => isOnSale(offer, now));
  const here = onSale.flatMap((offer) => {
    const entry = offer.entries.find(({ competitionSessionId }) => competitionSessionId === session.facts.id);
    return entry === undefined ? [] : [{ offer, category: entry.category }];
  });
  const names = [...new Set(here.map(({ category }) => category))].toSorted();
  return names.map((category) => {
    const offers = here
      .filter((item) => item.category === category)
      .map(({ offer }) => ({
        id: offer.id,
        kind: offer.kind,
        persons: offer.persons,
        name: offer.name,
        category,
        priceCents: offer.priceCents,
        currency,
        availability: offerAvailability(catalogue, offer),
        alsoIn: otherEntries(catalogue, offer, session),
      }));
    return { category, availability: bestAvailability(offers.map((offer) => offer.availability)), offers };
  });
}

/** What else a package lets into, in the order of time. */
function otherEntries(catalogue: Catalogue, offer: OfferTerms, here: CatalogueSession) {
  return offer.entries
    .flatMap(({ competitionSessionId, category }) => {
      const session = catalogue.byId.get(competitionSessionId);
      return session === undefined || session === here ? [] : [{ competitionSession: session.facts, category }];
    })
    .toSorted((one, other) => one.competitionSession.startsAt.getTime() - other.competitionSession.startsAt.getTime());
}

function offerAvailability(catalogue: Catalogue, offer: OfferTerms) {
  return worstAvailability(
    offer.entries.map(({ seatPoolId }) =>
      availabilityOf(catalogue.levels.get(seatPoolId) ?? { capacity: 0, taken: 0 }, offer.persons),
    ),
  );
}
