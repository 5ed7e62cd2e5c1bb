import { randomBytes, randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { reservationWrites, type ReservationWrites, seatPoolLocks } from "@tessera/core";
import { createDatabase, transactionInTwoSteps } from "@tessera/db";
import { sql } from "kysely";
import { z } from "zod";
import { ratePerSecond } from "../measure.ts";
import { batch200Order } from "./batch200.ts";

const batchSize = 200;
const inFlight = 2;
/** More than can be written. */
const batchesPerSecond = 250;

const [, , argument = ""] = process.argv;
const { databaseUrl, shoppers, duo, seconds } = batch200Order.parse(JSON.parse(argument));
const accounts = z.array(z.object({ accountId: z.string() })).parse(JSON.parse(await readFile(shoppers, "utf8")));
const db = createDatabase(databaseUrl, { max: inFlight, applicationName: "tessera-bench-batches" });
const { rows } = await sql<{ id: string }>`
  select competition_session_id as id from seat_pool where id = ${duo.seatPoolId}`.execute(db);
const competitionSessionId = rows[0]?.id ?? "";

const batches = Array.from({ length: Math.ceil(seconds * batchesPerSecond) }, (_, index) => makeBatch(index));
const perSecond = await ratePerSecond({ inFlight, seconds }, async () => {
  const writes = batches.pop();
  if (writes === undefined) throw new Error("more batches are needed");
  await transactionInTwoSteps(db, async (send) => {
    await send(seatPoolLocks([duo.offerId]));
    return { statement: reservationWrites(writes), result: undefined };
  });
  return true;
});
await db.destroy();
process.stdout.write(String(perSecond * batchSize));

/** Columns as the product makes them for 200 purchases of one duo each. */
function makeBatch(index: number): ReservationWrites {
  const now = new Date();
  const holdExpiresAt = new Date(now.getTime() + 900_000);
  const column = <Value>(value: (row: number) => Value): Value[] =>
    Array.from({ length: batchSize }, (_, row) => value(row));
  const ids = column(timeOrderedId);
  const references = column(() => randomBytes(5).toString("hex").toUpperCase());
  const accountIds = column((row) => accounts[(index * batchSize + row) % accounts.length]?.accountId ?? "");
  return {
    now,
    holdExpiresAt,
    pools: { id: [duo.seatPoolId], seats: [2 * batchSize] },
    orders: {
      id: ids,
      reference: references,
      accountId: accountIds,
      totalCents: column(() => duo.unitPriceCents),
      eventId: column(timeOrderedId),
      key: column(() => randomUUID()),
      bodyHash: column(() => randomBytes(32).toString("hex")),
      answer: column((row) =>
        JSON.stringify({
          orderId: ids[row],
          reference: references[row],
          currency: "EUR",
          totalCents: duo.unitPriceCents,
          holdExpiresAt: holdExpiresAt.toISOString(),
          lines: [{ offerId: duo.offerId, quantity: 1, granted: 1, refusal: null }],
        }),
      ),
    },
    lines: {
      id: column(timeOrderedId),
      orderId: ids,
      offerId: column(() => duo.offerId),
      quantity: column(() => 1),
      unitPriceCents: column(() => duo.unitPriceCents),
    },
    holds: {
      competitionSessionId: column(() => competitionSessionId),
      id: column(timeOrderedId),
      orderId: ids,
      accountId: accountIds,
      seatPoolId: column(() => duo.seatPoolId),
      seats: column(() => 2),
    },
  };
}

/** UUIDv7, as the product's: neighbours in time are neighbours in an index. */
function timeOrderedId(): string {
  const time = Date.now().toString(16).padStart(12, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`;
}
