import type { Facts, ticket } from "@tessera/contracts";
import type { Database } from "@tessera/db";
import { homeGateOf } from "@tessera/pass";
import type { Kysely } from "kysely";
import { selectGatesAt } from "./home-gates.queries.ts";

type Placed = { readonly id: string; readonly zone: number; readonly venue_code: string };
type HomeGate = Facts<typeof ticket>["gate"];

/** The gate that each ticket's holder is sent to (`homeGateOf` of @tessera/pass), for tickets of any competition sessions. */
export async function homeGates(
  db: Kysely<Database>,
  tickets: readonly Placed[],
): Promise<(ticket: Placed) => HomeGate> {
  const venues = [...new Set(tickets.map(({ venue_code }) => venue_code))];
  const gates = venues.length === 0 ? [] : await selectGatesAt(db, venues);
  const gatesAt = Map.groupBy(gates, ({ venue_code }) => venue_code);
  return ({ id: ticketId, zone, venue_code }) => {
    const gate = homeGateOf({ ticketId, zone }, gatesAt.get(venue_code) ?? []);
    return gate === null ? null : { code: gate.code, name: gate.name };
  };
}
