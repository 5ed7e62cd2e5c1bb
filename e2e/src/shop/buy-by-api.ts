import { openApiSession } from "../people/api-session.ts";
import type { Person } from "../people/person.ts";

/** So many of a standard offer. */
export type ApiWish = {
  readonly session: string;
  readonly kind: "solo" | "duo" | "family";
  readonly category: string;
  readonly count: number;
};

/** Keeps seats for somebody without a browser; gives the order's id. */
export async function reserveByApi(origin: string, person: Person, wishes: readonly ApiWish[]): Promise<string> {
  const { client } = openApiSession(origin, "shop", person.cookies);
  const lines = await Promise.all(
    wishes.map(async ({ session, kind, category, count }) => {
      const { categories } = await client.tickets.catalogue.competitionSession.query({ code: session });
      const offers = categories.find((each) => each.category === category)?.offers;
      const offer = offers?.find((each) => each.kind === kind && each.name === null);
      if (offer === undefined) throw new Error(`${session} has no ${kind} in category ${category}`);
      return { offerId: offer.id, quantity: count, unitPriceCents: offer.priceCents };
    }),
  );
  const { orderId } = await client.tickets.sales.reserve.mutate({ idempotencyKey: crypto.randomUUID(), lines });
  return orderId;
}

/** Keeps seats and pays for them with the demo provider. */
export async function buyByApi(origin: string, person: Person, wishes: readonly ApiWish[]): Promise<void> {
  const orderId = await reserveByApi(origin, person, wishes);
  const { client } = openApiSession(origin, "shop", person.cookies);
  const idempotencyKey = crypto.randomUUID();
  const { redirectUrl } = await client.tickets.sales.startPayment.mutate({ orderId, idempotencyKey });
  const paid = await fetch(new URL(redirectUrl, origin), {
    method: "POST",
    body: new URLSearchParams({ choice: "pay" }),
    redirect: "manual",
  });
  if (paid.status !== 303) throw new Error(`the demo payment answered ${paid.status}`);
}
