import { openApiSession } from "../people/api-session.ts";
import type { Person } from "../people/person.ts";

/** A seat pool: so the dashboard finds it. */
export type Pool = { readonly session: string; readonly category: string };

/** Makes a package for one person over several competition sessions and puts it on sale; gives its id. */
export async function sellPackage(
  origin: string,
  admin: Person,
  { name, pools, priceCents }: { name: { fr: string; en: string }; pools: readonly Pool[]; priceCents: number },
): Promise<string> {
  const { client } = openApiSession(origin, "admin", admin.cookies);
  const seatPoolIds = await Promise.all(
    pools.map(async ({ session, category }) => {
      const found = await client.admin.catalogue.seatPools.query({ search: session });
      const pool = found.find((each) => each.competitionSession.code === session && each.category === category);
      if (pool === undefined) throw new Error(`there is no category ${category} in ${session}`);
      return pool.seatPoolId;
    }),
  );
  const offer = await client.admin.catalogue.createOffer.mutate({
    kind: "solo",
    persons: 1,
    name,
    priceCents,
    seatPoolIds,
    maxPerOrder: 6,
    salesOpenAt: null,
    salesCloseAt: null,
  });
  await client.admin.catalogue.publishOffer.mutate({ offerId: offer.id, version: offer.version });
  return offer.id;
}

/** Gives an offer another price. */
export async function changePrice(origin: string, admin: Person, offerId: string, priceCents: number): Promise<void> {
  const { client } = openApiSession(origin, "admin", admin.cookies);
  const { version, name, salesOpenAt, salesCloseAt, maxPerOrder } = await client.admin.catalogue.offer.query({
    offerId,
  });
  await client.admin.catalogue.updateOffer.mutate({
    offerId,
    version,
    name,
    priceCents,
    salesOpenAt,
    salesCloseAt,
    maxPerOrder,
  });
}
