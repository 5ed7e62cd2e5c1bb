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

/** What a pass is signed with, and what its epoch token is derived from (T, 32 bytes, for `deriveEpochToken`). */
export type PassKeys = { issuer: OrganiserSigningKey; token: { id: number; key: Buffer } };

/** Public half: 32 bytes. */
type PublicKey = { id: number; publicKey: Buffer };

/** A compromised one counts only for a pass that a list has. */
type IssuerPublicKey = PublicKey & { compromised: boolean };

/** The keys of new passes, with what is needed to check and to make again those of older ones. */
export type OrganiserKeys = PassKeys & {
  /** Signs what tablets download. */
  list: OrganiserSigningKey;
  /** Every issuer key that verifies at a moment: of the next, the active, and the retired whose time is not over. */
  issuerPublicKeys: (at: Date) => IssuerPublicKey[];
  /** The same of list keys, but for the compromised: nothing that one has signed counts any more. */
  listPublicKeys: (at: Date) => PublicKey[];
  /** The keys that a pass was made with, or undefined when one of them may make none any more. */
  keysOfPass: (pass: { issuerKeyId: number; tokenKeyId: number }, at: Date) => PassKeys | undefined;
};

type Parts = Pick<CoreContext, "db" | "clock" | "keyring">;

/** Creates the issuer, list and token keys (id 1 each) that are not there yet. Two servers that start at once agree. */
export async function ensureOrganiserKeys(ctx: Parts & Pick<CoreContext, "random">): Promise<void> {
  const present = new Set((await listOrganiserKeys(ctx.db)).map((row) => row.kind));
  for (const kind of organiserKeyKinds.filter((wanted) => !present.has(wanted))) {
    await insertOrganiserKey(ctx.db, { ...makeOrganiserKey(ctx, kind, 1), state: "active" });
  }
}

/** A new key of a kind, its secret half sealed. */
export function makeOrganiserKey(
  ctx: Pick<CoreContext, "clock" | "keyring" | "random">,
  kind: OrganiserKeyKind,
  id: number,
): Pick<OrganiserKeyRow, "kind" | "id" | "publicKey" | "sealedSecret" | "createdAt"> {
  const secret = kind === "token" ? ctx.random(32) : generateSigningSeed();
  return {
    kind,
    id,
    publicKey: kind === "token" ? null : Buffer.from(loadSigningKey(secret).publicKey),
    sealedSecret: ctx.keyring.seal(kind, secret, organiserKeyPlace(kind, id)),
    createdAt: ctx.clock(),
  };
}

/** How long a change of keys may go unnoticed. */
export const organiserKeysCacheMs = 30_000;
const cache = new WeakMap<CoreContext["keyring"], { until: number; keys: Promise<OrganiserKeys> }>();

/** The organiser's keys, opened; kept in memory for half a minute. Rejects if `ensureOrganiserKeys` has not run. */
export function loadOrganiserKeys(ctx: Parts): Promise<OrganiserKeys> {
  const now = ctx.clock().getTime();
  const cached = cache.get(ctx.keyring);
  if (cached && now < cached.until) return cached.keys;
  const entry = { until: now + organiserKeysCacheMs, keys: openOrganiserKeys(ctx) };
  cache.set(ctx.keyring, entry);
  entry.keys.catch(() => cache.delete(ctx.keyring));
  return entry.keys;
}

async function openOrganiserKeys({ db, keyring }: Parts): Promise<OrganiserKeys> {
  const rows = await listOrganiserKeys(db);
  const active = (kind: OrganiserKeyKind): OrganiserKeyRow => {
    const row = rows.find((candidate) => candidate.kind === kind && candidate.state === "active");
    if (!row) throw new Error(`there is no active ${kind} key`);
    return row;
  };
  const secretOf = ({ kind, id, sealedSecret }: OrganiserKeyRow): Buffer =>
    keyring.open(kind, sealedSecret, organiserKeyPlace(kind, id));
  const signingKey = (row: OrganiserKeyRow): OrganiserSigningKey => ({
    id: row.id,
    key: loadSigningKey(secretOf(row)),
  });
  const tokenKey = (row: OrganiserKeyRow): PassKeys["token"] => ({ id: row.id, key: secretOf(row) });

  const publicKeys = (wanted: OrganiserKeyKind, at: Date): IssuerPublicKey[] =>
    rows
      .filter((row) => row.kind === wanted && verifies(row, at))
      .flatMap(({ id, publicKey, state }) =>
        publicKey === null ? [] : [{ id, publicKey, compromised: state === "compromised" }],
      );

  return {
    issuer: signingKey(active("issuer")),
    list: signingKey(active("list")),
    token: tokenKey(active("token")),
    issuerPublicKeys: (at) => publicKeys("issuer", at),
    listPublicKeys: (at) => publicKeys("list", at).filter(({ compromised }) => !compromised),
    keysOfPass({ issuerKeyId, tokenKeyId }, at) {
      const issuer = rows.find(({ kind, id }) => kind === "issuer" && id === issuerKeyId);
      const token = rows.find(({ kind, id }) => kind === "token" && id === tokenKeyId);
      if (issuer === undefined || token === undefined) return undefined;
      if (issuer.state === "compromised" || !verifies(issuer, at)) return undefined;
      return { issuer: signingKey(issuer), token: tokenKey(token) };
    },
  };
}

const verifies = ({ verifiesUntil }: OrganiserKeyRow, at: Date): boolean =>
  verifiesUntil === null || at < verifiesUntil;

/** Where the secret half of a key is sealed for. */
export function organiserKeyPlace(kind: OrganiserKeyKind, id: number): SealedPlace {
  return { table: "organiser_key", column: "sealed_secret", rowId: `${kind}/${id}`, epoch: 0 };
}
