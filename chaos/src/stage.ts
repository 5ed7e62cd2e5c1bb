import { createHash, randomBytes, randomUUID } from "node:crypto";
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { startPostgres } from "./postgres.ts";
import { openRecords, type Records } from "./records.ts";
import { runCommand, type Server, serverEnvironment, startServer } from "./server.ts";

export type SeatPool = { id: string; capacity: number };
/** In one seat pool; so many persons of it are so many seats. */
export type Offer = { id: string; seatPoolId: string; persons: number; priceCents: number };
/** Somebody signed in with both factors. */
export type Account = { accountId: string; token: string; address: string };

/** What a run takes place on: a PostgreSQL and a server that can be killed, a programme, and people who want seats. */
export type Stage = {
  server: Server;
  killPostgres: () => Promise<void>;
  records: Records;
  pools: readonly SeatPool[];
  offers: readonly Offer[];
  accounts: readonly Account[];
  /** Whoever asks, between kills, whether somebody is there again. Buys nothing. */
  probe: Account;
  environment: Record<string, string>;
  /** The last that the server has written. */
  lastWords: () => Promise<string>;
  close: () => Promise<void>;
};

export type StageSettings = {
  buyers: number;
  seats: number;
  holdSeconds: number;
  /** Whether what keeps seats from being sold twice is there: off for the negative control. */
  guard: boolean;
};

const lastWordsLength = 3_000;
const poolCount = 5;
const withoutGuard = path.join(import.meta.dirname, "without-guard.ts");

export async function openStage(settings: StageSettings): Promise<Stage> {
  const dataDir = await mkdtemp(path.join(tmpdir(), "tessera-chaos-"));
  // As root, PostgreSQL's own user must get through to the cluster inside, which is private.
  await chmod(dataDir, 0o755);
  const opened: (() => Promise<unknown>)[] = [() => rm(dataDir, { recursive: true, force: true })];
  const close = async (): Promise<void> => {
    for (const one of opened.splice(0).toReversed()) await one();
  };
  try {
    const postgres = await startPostgres(dataDir);
    opened.push(postgres.stop);
    const { databaseUrl, ownerUrl } = postgres;
    const environment = serverEnvironment({ databaseUrl, ownerUrl, dataDir, holdSeconds: settings.holdSeconds });
    await importProgramme(settings.seats, dataDir, environment);

    const records = openRecords(ownerUrl);
    opened.push(records.close);
    const [probe, ...accounts] = await insertAccounts(records, settings.buyers + 1);
    if (probe === undefined) throw new Error("nobody is there");
    if (!settings.guard) await records.query("alter table seat_pool drop constraint seat_pool_never_oversold");
    const pools = await records.query<SeatPool>("select id, capacity from seat_pool order by id");
    const offers = await records.query<Offer>(
      `select offer.id, seat_pool_id as "seatPoolId", persons, price_cents as "priceCents"
       from offer join offer_entry on offer_id = offer.id order by offer.id`,
    );

    const preload = settings.guard ? undefined : withoutGuard;
    const logFile = path.join(dataDir, "server.log");
    const server = await startServer(environment, { preload, logFile });
    opened.push(server.stop);
    const lastWords = async (): Promise<string> => (await readFile(logFile, "utf8")).slice(-lastWordsLength);
    const killPostgres = postgres.kill;
    return { server, killPostgres, records, pools, offers, accounts, probe, environment, lastWords, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Five competition sessions with one category each, by the command that operators use. */
async function importProgramme(seats: number, dataDir: string, environment: Record<string, string>): Promise<void> {
  const header =
    "session_code,discipline_code,discipline,events,phases,medal_session,venue_code,venue,city,starts_at,ends_at,category,price_eur,capacity";
  const day = new Date(Date.now() + 60 * 86_400_000).toISOString().slice(0, 10);
  const rows = Array.from({ length: poolCount }, (_, index) => {
    const capacity = Math.floor(seats / poolCount) + (index < seats % poolCount ? 1 : 0);
    const times = `${day}T12:00:00+00:00,${day}T15:00:00+00:00`;
    return `CHA0${index + 1},CHA,Chaos,Final,,no,HALL,Hall,Paris,${times},A,${50 + index}.00,${capacity}`;
  });
  const file = path.join(dataDir, "programme.csv");
  await writeFile(file, `${[header, ...rows].join("\n")}\n`);
  const { code, output } = await runCommand("programme", ["import", file, "--time-zone", "Etc/UTC"], environment);
  if (code !== 0) throw new Error(`The programme was not imported:\n${output}`);
}

/** Made by the owner of the database, with auth sessions: signing in so many people would take longer than the run. */
async function insertAccounts(records: Records, count: number): Promise<Account[]> {
  const accounts = Array.from({ length: count }, (_, index) => ({
    accountId: randomUUID(),
    token: randomBytes(32).toString("base64url"),
    // Each in a network of its own, as those of a crowd are: limits count by network too.
    address: `${20 + (index >> 16)}.${(index >> 8) & 255}.${index & 255}.1`,
  }));
  const ids = accounts.map(({ accountId }) => accountId);
  await records.query(
    `insert into account (id, email, display_name, locale, role, password_hash, sealed_account_key, created_at)
     select id, id || '@chaos.test', 'A Buyer', 'fr', 'visitor', 'unusable', $2, now() from unnest($1::uuid[]) as id`,
    [ids, randomBytes(77)],
  );
  await records.query(
    `insert into auth_session
       (id, id_hash, account_id, audience, second_factor_at, user_agent, created_at, last_used_at, expires_at)
     select gen_random_uuid(), id_hash, account_id, 'shop', now(), 'chaos', now(), now(), now() + interval '1 day'
     from unnest($1::uuid[], $2::bytea[]) as new (account_id, id_hash)`,
    [ids, accounts.map(({ token }) => createHash("sha256").update(token).digest())],
  );
  await records.query("analyze account, auth_session");
  return accounts;
}
