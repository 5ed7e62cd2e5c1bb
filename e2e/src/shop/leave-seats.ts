import { openApiSession } from "../people/api-session.ts";
import { registerVisitor } from "../people/sign-in.ts";
import { reserveByApi } from "./buy-by-api.ts";

/** Has strangers keep seats until only `left` are left of a category; each of them takes what the limits allow. */
export async function leaveSeats(origin: string, session: string, category: string, left: number): Promise<void> {
  const first = await registerVisitor(origin);
  const { client } = openApiSession(origin, "shop", first.cookies);
  const { categories, limits } = await client.tickets.catalogue.competitionSession.query({ code: session });
  const solo = categories
    .find((each) => each.category === category)
    ?.offers.find(({ kind, name }) => kind === "solo" && name === null);
  if (solo === undefined) throw new Error(`${session} has no solo in category ${category}`);
  const [exact] = await client.tickets.sales.availability.query({ offerIds: [solo.id] });
  let toTake = (exact?.left ?? 0) - left;
  for (let buyer = first; toTake > 0; buyer = await registerVisitor(origin)) {
    const count = Math.min(toTake, limits.competitionSession);
    await reserveByApi(origin, buyer, [{ session, kind: "solo", category, count }]);
    toTake -= count;
  }
}
