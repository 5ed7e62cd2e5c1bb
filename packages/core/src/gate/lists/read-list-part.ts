import type { Facts, Given, listPart, listPartInput } from "@tessera/contracts";
import type { CoreContext } from "../../context.ts";
import { CodedError } from "../../errors.ts";
import type { EnrolledScanner } from "../scanners/scanner.ts";
import { makeListPart, type NumberedPart, type PartContext } from "./make-list-part.ts";

type Wanted = Given<typeof listPartInput>;

/** For so long tablets that ask for the same are given one reading: when gates open, all of them fetch the same pages. */
const sharedMs = 2000;
type Reading = { readonly atMs: number; readonly part: Promise<NumberedPart> };
/** For each node, by what was asked for. */
const readingsOf = new WeakMap<CoreContext["keyring"], Map<string, Reading>>();

/** Most tickets of a part: half a megabyte as HTTP sends it, which a bad network brings in one piece. */
const ticketsAPart = 5000;

/**
 * What a tablet needs to decide by itself for one competition session: a page of a fresh list, or what has changed since a
 * cursor, signed by the list key (docs/e-ticket.md, section 5). A part may be two seconds old; it knows all that had
 * happened when it was numbered. Whoever's cursor says nothing to this server is given the first page of a fresh list.
 *
 * Errors: `competition_session_not_assigned`, `not_found`.
 */
export async function readListPart(
  ctx: PartContext,
  scanner: Pick<EnrolledScanner, "competitionSessionIds">,
  wanted: Wanted,
): Promise<Facts<typeof listPart>> {
  if (!scanner.competitionSessionIds.includes(wanted.competitionSessionId)) {
    throw new CodedError("competition_session_not_assigned");
  }
  const { signed, total } = await sharedReading(ctx, wanted);
  return { ...signed, total, answeredAt: ctx.clock() };
}

async function sharedReading(ctx: PartContext, wanted: Wanted): Promise<NumberedPart> {
  const readings = readingsOf.get(ctx.keyring) ?? new Map<string, Reading>();
  readingsOf.set(ctx.keyring, readings);
  const nowMs = ctx.clock().getTime();
  // Parts are large: what is too old to be shared is not kept.
  for (const [key, { atMs }] of readings) if (nowMs < atMs || nowMs - atMs >= sharedMs) readings.delete(key);
  const { competitionSessionId, cursor, after } = wanted;
  const key = [competitionSessionId, cursor, after?.first, after?.index, after?.ticketId].join(" ");
  const before = readings.get(key);
  const shared = await before?.part;
  // One that was made for another tablet may be older than what this one has from elsewhere.
  if (shared !== undefined && shared.number >= wanted.above) return shared;
  if (readings.get(key) !== before) return sharedReading(ctx, wanted);
  const reading = { atMs: nowMs, part: makeListPart(ctx, wanted, ticketsAPart) };
  readings.set(key, reading);
  reading.part.catch(() => {
    if (readings.get(key) === reading) readings.delete(key);
  });
  return reading.part;
}
