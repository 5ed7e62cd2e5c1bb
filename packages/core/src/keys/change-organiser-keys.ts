import type { Database } from "@tessera/db";
import type { Transaction } from "kysely";
import { writeAuditEntry } from "../audit/write-audit-entry.ts";
import type { CoreContext } from "../context.ts";
import type { Policy } from "../ports.ts";
import {
  activateOrganiserKey,
  countPassesBeyond,
  insertOrganiserKey,
  listOrganiserKeys,
  lockKeys,
  longestListAge,
  markCompromised,
  type OrganiserKeyKind,
  type OrganiserKeyRow,
  retireOrganiserKey,
} from "./organiser-keys.queries.ts";
import { makeOrganiserKey, organiserKeysCacheMs } from "./organiser-keys.ts";

/** `db` with the owner's role: the application may not change keys. */
type KeyContext = Pick<CoreContext, "db" | "clock" | "random" | "keyring">;

/** How old a list may be that still counts, where no admin has set it. */
type Publication = { policy: Pick<Policy, "listMaxAgeSeconds"> };

/** An id is one byte of every pass, and is never used again. */
const mostKeys = 255;

export type CreateKeyOutcome =
  | { outcome: "created"; id: number; state: "next" | "active" }
  | { outcome: "next_exists"; id: number }
  | { outcome: "no_id_left" };

/**
 * Makes a key that will be the next to sign. Its public half goes to tablets and servers from now on, and it verifies; it
 * signs nothing before `rotateOrganiserKey`. The first of its kind is active at once: there is nobody to wait for.
 */
export function createOrganiserKey(ctx: KeyContext, kind: OrganiserKeyKind): Promise<CreateKeyOutcome> {
  return changeKeys(ctx, kind, async (trx, keys) => {
    const next = keys.find(({ state }) => state === "next");
    if (next !== undefined) return { outcome: "next_exists", id: next.id };
    const id = newIdAmong(keys);
    if (id > mostKeys) return { outcome: "no_id_left" };
    const state = keys.some((key) => key.state === "active") ? "next" : "active";
    await insertNew(ctx, trx, { kind, id, state });
    return { outcome: "created", id, state };
  });
}

export type RotateKeyOutcome =
  | {
      outcome: "rotated";
      from: number | null;
      to: number;
      /** Tickets whose newest pass the old key signed and that are good for longer than the old key verifies. */
      passesCutShort: number;
    }
  | { outcome: "no_next" }
  | { outcome: "too_young"; readyAt: Date };

/**
 * The next key signs from now on, within half a minute on every server. The old one signs no more, and verifies until the
 * given moment; null: without end. Unless `waive`, a next key is refused that somebody who holds a list which still counts
 * may not have heard of.
 */
export function rotateOrganiserKey(
  ctx: KeyContext & Publication,
  { kind, verifiesUntil, waive }: { kind: OrganiserKeyKind; verifiesUntil: Date | null; waive: boolean },
): Promise<RotateKeyOutcome> {
  return changeKeys(ctx, kind, async (trx, keys) => {
    const now = ctx.clock();
    const next = keys.find(({ state }) => state === "next");
    if (next === undefined) return { outcome: "no_next" };
    const readyAt = new Date(next.createdAt.getTime() + (await publicationMs(ctx, trx, kind)));
    if (!waive && now < readyAt) return { outcome: "too_young", readyAt };
    const active = keys.find(({ state }) => state === "active");
    if (active !== undefined) await retireOrganiserKey(trx, active, verifiesUntil);
    await activateOrganiserKey(trx, next, now);
    await writeAuditEntry(trx, ctx, {
      action: "key.rotated",
      details: {
        kind,
        id: next.id,
        waived: now < readyAt,
        ...(active === undefined ? {} : { from: active.id }),
        ...(verifiesUntil === null ? {} : { verifiesUntil: verifiesUntil.toISOString() }),
      },
    });
    const cutShort = kind === "issuer" && active !== undefined && verifiesUntil !== null;
    const passesCutShort = cutShort ? await countPassesBeyond(trx, active.id, verifiesUntil) : 0;
    return { outcome: "rotated", from: active?.id ?? null, to: next.id, passesCutShort };
  });
}

export type CompromiseKeyOutcome =
  | { outcome: "compromised"; activeId: number | null; replaced: boolean }
  | { outcome: "unknown_key" }
  | { outcome: "already" };

/**
 * Trusts a key no more, as of now: it signs nothing, and an issuer key counts only for a pass that a list has. If it was
 * the one that signs, the next takes its place, or one that is made on the spot: nobody waits for lists then.
 */
export function compromiseOrganiserKey(
  ctx: KeyContext,
  { kind, id }: { kind: OrganiserKeyKind; id: number },
): Promise<CompromiseKeyOutcome> {
  return changeKeys(ctx, kind, async (trx, keys) => {
    const key = keys.find((candidate) => candidate.id === id);
    if (key === undefined) return { outcome: "unknown_key" };
    if (key.state === "compromised") return { outcome: "already" };
    await markCompromised(trx, key);
    await writeAuditEntry(trx, ctx, { action: "key.compromised", details: { kind, id } });
    const active = keys.find(({ state }) => state === "active");
    if (active?.id !== id) return { outcome: "compromised", activeId: active?.id ?? null, replaced: false };
    return {
      outcome: "compromised",
      activeId: await replaceAtOnce(ctx, trx, { kind, keys, from: id }),
      replaced: true,
    };
  });
}

async function replaceAtOnce(
  ctx: KeyContext,
  trx: Transaction<Database>,
  { kind, keys, from }: { kind: OrganiserKeyKind; keys: readonly OrganiserKeyRow[]; from: number },
): Promise<number> {
  const next = keys.find(({ state }) => state === "next");
  const id = next?.id ?? newIdAmong(keys);
  if (next === undefined) await insertNew(ctx, trx, { kind, id, state: "active" });
  else await activateOrganiserKey(trx, next, ctx.clock());
  await writeAuditEntry(trx, ctx, { action: "key.rotated", details: { kind, id, from, waived: true } });
  return id;
}

async function insertNew(
  ctx: KeyContext,
  trx: Transaction<Database>,
  { kind, id, state }: { kind: OrganiserKeyKind; id: number; state: "next" | "active" },
): Promise<void> {
  await insertOrganiserKey(trx, { ...makeOrganiserKey(ctx, kind, id), state });
  await writeAuditEntry(trx, ctx, { action: "key.created", details: { kind, id, state } });
}

function changeKeys<Outcome>(
  { db }: Pick<CoreContext, "db">,
  kind: OrganiserKeyKind,
  change: (trx: Transaction<Database>, keys: OrganiserKeyRow[]) => Promise<Outcome>,
): Promise<Outcome> {
  return db.transaction().execute(async (trx) => {
    await lockKeys(trx);
    return change(
      trx,
      (await listOrganiserKeys(trx)).filter((key) => key.kind === kind),
    );
  });
}

const newIdAmong = (keys: readonly OrganiserKeyRow[]): number => Math.max(0, ...keys.map(({ id }) => id)) + 1;

/** After so long every server has read the key, and every list without it is too old to count. */
async function publicationMs(
  { clock, policy }: KeyContext & Publication,
  trx: Transaction<Database>,
  kind: OrganiserKeyKind,
): Promise<number> {
  if (kind === "token") return organiserKeysCacheMs;
  const seconds = Math.max(policy.listMaxAgeSeconds, (await longestListAge(trx, clock())) ?? 0);
  return organiserKeysCacheMs + seconds * 1000;
}
