import pg from "pg";

/**
 * A share in a running server. PostgreSQL itself counts who uses it: each of us holds a connection with a shared
 * advisory lock, which ends with our process however that dies, and only who can take the lock alone stops the server.
 */
export interface Lease {
  /** Gives the share back. True for the last one, who then stops the server while newcomers wait for the lock. */
  release(): Promise<boolean>;
  /** Closes the connection. */
  close(): Promise<void>;
}

const leaseKey = 7_337_261;

// Nobody answers, or the server is starting, stopping or just stopped.
const notThereStates: ReadonlySet<string> = new Set(["ECONNREFUSED", "ECONNRESET", "EPIPE", "57P01", "57P03"]);

/** Takes a share in the server at a URL; `undefined` when it is going down or is not up yet. */
export async function takeLease(adminUrl: string): Promise<Lease | undefined> {
  const client = new pg.Client({ connectionString: adminUrl, application_name: "tessera-lease" });
  // When the server goes away the share is worth nothing; who uses the database hears of it on their own connections.
  const faults: Error[] = [];
  client.on("error", (error) => faults.push(error));
  try {
    await client.connect();
    await client.query("select pg_advisory_lock_shared($1)", [leaseKey]);
  } catch (error) {
    await closeQuietly(client);
    if (faults.length > 0 || isNotThere(error)) return undefined;
    throw error;
  }
  return {
    async release() {
      try {
        await client.query("select pg_advisory_unlock_shared($1)", [leaseKey]);
        const { rows } = await client.query<{ alone: boolean }>("select pg_try_advisory_lock($1) as alone", [leaseKey]);
        return rows[0]?.alone ?? false;
      } catch {
        // Somebody else has stopped the server, or it has crashed: there is nothing left to stop.
        return false;
      }
    },
    close: () => closeQuietly(client),
  };
}

async function closeQuietly(client: pg.Client): Promise<void> {
  await client.end().catch(() => undefined);
}

function isNotThere(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  return notThereStates.has(code) || error.message === "Connection terminated unexpectedly";
}
