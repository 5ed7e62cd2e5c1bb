import { generateSigningSeed, type LoadedSigningKey, loadSigningKey, type SealedPlace } from "@tessera/pass/issuer";
import type { CoreContext } from "../context.ts";
import {
  insertOrganiserKey,
  listOrganiserKeys,
  type OrganiserKeyKind,
  organiserKeyKinds,
  type OrganiserKeyRow,
} from "./organiser-keys.queries.ts";

/** A signing key with its id. Its private half is a `KeyObject`, which no log and no JSON shows. */
type OrganiserSigningKey = { id: number; key: LoadedSigningKey };

export type OrganiserKeys = {
  /** Signs new passes. */
  issuer: OrganiserSigningKey;
  /** Signs what tablets download. */
  list: OrganiserSigningKey;
  /** Public halves (32 bytes) of every issuer key that still verifies: the active and the retired, by id. */
  issuerPublicKeys: { id: number; publicKey: Buffer }[];
  /** T, 32 bytes: for `deriveEpochToken`. */
  tokenKey: Buffer;
};

type Parts = Pick<CoreContext, "db" | "clock" | "keyring">;

/** Creates the issuer, list and token keys (id 1 each) that are not there yet. Two servers that start at once agree. */
export async function ensureOrganiserKeys(ctx: Parts & Pick<CoreContext, "random">): Promise<void> {
  const present = new Set((await listOrganiserKeys(ctx.db)).map((row) => row.kind));
  for (const kind of organiserKeyKinds.filter((wanted) => !present.has(wanted))) {
    const secret = kind === "token" ? ctx.random(32) : generateSigningSeed();
    const publicKey = kind === "token" ? null : Buffer.from(loadSigningKey(secret).publicKey);
    const sealedSecret = ctx.keyring.seal(kind, secret, placeOf(kind, 1));
    await insertOrganiserKey(ctx.db, { kind, id: 1, publicKey, sealedSecret, createdAt: ctx.clock() });
  }
}

/** How long a change of keys may go unnoticed. */
const cacheMs = 30_000;
const cache = new WeakMap<CoreContext["keyring"], { until: number; keys: Promise<OrganiserKeys> }>();

/** The organiser's keys, opened; kept in memory for half a minute. Rejects if `ensureOrganiserKeys` has not run. */
export function loadOrganiserKeys(ctx: Parts): Promise<OrganiserKeys> {
  const now = ctx.clock().getTime();
  const cached = cache.get(ctx.keyring);
  if (cached && now < cached.until) return cached.keys;
  const entry = { until: now + cacheMs, keys: openOrganiserKeys(ctx) };
  cache.set(ctx.keyring, entry);
  entry.keys.catch(() => cache.delete(ctx.keyring));
  return entry.keys;
}

async function openOrganiserKeys({ db, keyring }: Parts): Promise<OrganiserKeys> {
  const rows = await listOrganiserKeys(db);
  const openActive = (kind: OrganiserKeyKind): { id: number; secret: Buffer } => {
    const row = rows.find((candidate) => candidate.kind === kind && candidate.state === "active");
    if (!row) throw new Error(`there is no active ${kind} key`);
    return { id: row.id, secret: keyring.open(kind, row.sealedSecret, placeOf(kind, row.id)) };
  };
  const signingKey = (kind: "issuer" | "list"): OrganiserSigningKey => {
    const { id, secret } = openActive(kind);
    return { id, key: loadSigningKey(secret) };
  };
  return {
    issuer: signingKey("issuer"),
    list: signingKey("list"),
    issuerPublicKeys: rows.filter(isTrustedIssuer).map(({ id, publicKey }) => ({ id, publicKey })),
    tokenKey: openActive("token").secret,
  };
}

function isTrustedIssuer(row: OrganiserKeyRow): row is OrganiserKeyRow & { publicKey: Buffer } {
  return row.kind === "issuer" && row.state !== "compromised" && row.publicKey !== null;
}

function placeOf(kind: OrganiserKeyKind, id: number): SealedPlace {
  return { table: "organiser_key", column: "sealed_secret", rowId: `${kind}/${id}`, epoch: 0 };
}
