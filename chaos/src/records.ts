import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";

/** The database as its owner sees it, patient with a PostgreSQL that is being killed. */
export type Records = {
  query: <Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]) => Promise<Row[]>;
  close: () => Promise<void>;
};

const pauseMs = 50;
const mostTries = 600;

export function openRecords(ownerUrl: string): Records {
  const pool = new pg.Pool({ connectionString: ownerUrl, max: 2 });
  // Of connections that nobody uses; whoever uses one hears of it there.
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));
  return {
    async query<Row extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
      for (let tries = 1; ; tries += 1) {
        try {
          return (await pool.query<Row>(text, [...values])).rows;
        } catch (error) {
          if (tries === mostTries || !isAway(error)) throw error;
          await delay(pauseMs);
        }
      }
    },
    close: () => pool.end(),
  };
}

/** It was killed, or is not up yet. */
function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  return /^(ECONN|EPIPE|57P0|08)/.test(code) || error.message.startsWith("Connection terminated");
}
