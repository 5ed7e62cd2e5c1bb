import { randomBytes } from "node:crypto";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import {
  type CoreContext,
  createAttemptLimits,
  createCoreContext,
  createKeyring,
  ensureOrganiserKeys,
  gatherProgramme,
  importProgramme,
  type KekKind,
  kekKinds,
  type Keyring,
  type ProgrammeFileRow,
} from "@tessera/core";
import { createDatabase, migrate } from "@tessera/db";
import { startEmbedded } from "@tessera/db/embedded";
import pg from "pg";

/** What all figures are measured on: one throw-away PostgreSQL with durable defaults, holding the full programme. */
export type Bench = {
  ctx: CoreContext;
  rows: readonly ProgrammeFileRow[];
  /** As the owner of the database: for the limits, and for what would take the product too long to prepare. */
  owner: pg.Pool;
  databaseUrl: string;
  ownerUrl: string;
  /** For the server that is measured. */
  dataDir: string;
  /** The keys that everything here is sealed under, as the server's environment gives them. */
  kekVariables: Readonly<Record<string, string>>;
  close: () => Promise<void>;
};

/** As many as the server opens. */
const connections = 20;

/** Starts an embedded PostgreSQL on the disk of the system's temporary folder, and imports the programme. */
export async function openBench(rows: readonly ProgrammeFileRow[]): Promise<Bench> {
  const dataDir = await mkdtemp(path.join(tmpdir(), "tessera-bench-"));
  // As root, PostgreSQL's own user must get through to the cluster inside, which is private.
  await chmod(dataDir, 0o755);
  const { databaseUrl, ownerUrl, stop } = await startEmbedded({ dataDir });
  const db = createDatabase(databaseUrl, { max: connections, applicationName: "tessera-bench" });
  const owner = new pg.Pool({ connectionString: ownerUrl, max: 2 });
  const close = async (): Promise<void> => {
    await Promise.all([db.destroy(), owner.end()]);
    await stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    await migrate(ownerUrl);
    const keks = new Map<KekKind, Buffer>(kekKinds.map((kind) => [kind, randomBytes(32)]));
    const ctx = createBenchContext(db, keks);
    await ensureOrganiserKeys(ctx);
    await importRows(ctx, rows);
    const kekVariables = Object.fromEntries(
      [...keks].map(([kind, key]) => [`TESSERA_KEK_${kind.toUpperCase()}`, `1:${key.toString("base64")}`]),
    );
    return { ctx, rows, owner, databaseUrl, ownerUrl, dataDir, kekVariables, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** From rows to a committed programme: what the import command does once it has read its file. */
export async function importRows(ctx: CoreContext, rows: readonly ProgrammeFileRow[]): Promise<void> {
  const { programme, errors } = gatherProgramme(rows);
  if (errors.length > 0) throw new Error(`The programme is not good: ${JSON.stringify(errors.slice(0, 5))}`);
  const games = { id: ctx.policy.gamesId, nameFr: "Les Jeux mesurés", nameEn: "The Measured Games" };
  const { outcome } = await importProgramme(ctx, { games, timeZone: "Europe/Paris", programme });
  if (outcome !== "imported") throw new Error(`The import ended with ${outcome}`);
}

function createBenchContext(db: CoreContext["db"], keks: ReadonlyMap<KekKind, Buffer>): CoreContext {
  return createCoreContext({
    db,
    clock: () => new Date(),
    random: randomBytes,
    keyring: keyringOf(keks),
    // What is measured here never signs in: argon2 would only make the accounts slow to prepare.
    passwords: { hash: async () => "unusable", verify: async () => false, needsRehash: () => false },
    attempts: createAttemptLimits(),
    payments: {
      name: "demo",
      start: async ({ paymentId }) => ({ redirectUrl: `/pay/${paymentId}`, pageId: paymentId }),
      close: async () => ({ state: "expired" }),
      look: async () => ({ state: "open" }),
      refund: async () => ({ state: "succeeded", providerRefundId: null }),
    },
    documents: { paperTickets: async () => new Uint8Array() },
    mailer: { send: async () => undefined },
    policy: {
      gamesId: "bench-2028",
      totpIssuer: "Tessera",
      holdMinutes: 15,
      paymentMinutes: 30,
      longestHoldMinutes: 75,
      activationOpensHours: null,
      gatesOpenMinutes: 120,
      gatesAlwaysOpen: false,
      listMaxAgeSeconds: 600,
      stepUpMinutes: 10,
      appUrls: { shop: "http://bench.test/", admin: "http://bench.test/admin/", scanner: "http://bench.test/scanner/" },
      passkeyDomain: null,
      handOverClosesMinutes: 180,
      handOverDays: 7,
      movesPerDay: 5,
      scannerCodeMinutes: 10,
      shiftHours: 12,
      overridesPerShift: 10,
    },
  });
}

function keyringOf(keks: ReadonlyMap<KekKind, Buffer>): Keyring {
  const keyOf = (kind: KekKind): Buffer => {
    const key = keks.get(kind);
    if (key === undefined) throw new RangeError(`no KEK for ${kind}`);
    return key;
  };
  return createKeyring({ active: (kind) => ({ id: 1, key: keyOf(kind) }), byId: keyOf });
}
