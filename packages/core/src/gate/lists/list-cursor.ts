/** A row's place in the order of changes. */
type ChangePlace = { readonly xid: bigint; readonly ticketId: string };

/**
 * Where a delta goes on from. Everything that transactions below `xid` changed is known; with `after`, what the parts
 * since then have already told as well, up to there. `tokenKey`: under which token key the digests of next tokens were
 * made, since with another one all of them are others.
 */
export type ListCursor = { readonly tokenKey: number; readonly xid: bigint; readonly after: ChangePlace | null };

/** What PostgreSQL says of a snapshot: all below `xmin` are over, none from `xmax` on has begun. */
export type ChangeSnapshot = { readonly xmin: bigint; readonly xmax: bigint };

const pattern = /^(\d{1,3})\.(\d{1,20})(?:\.(\d{1,20})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}))?$/;

/** As a tablet keeps it, without a look into it. */
export function writeCursor({ tokenKey, xid, after }: ListCursor): string {
  return [tokenKey, xid, ...(after === null ? [] : [after.xid, after.ticketId])].join(".");
}

/**
 * A cursor that says where to go on, or null for one that does not: of another token key, or ahead of this database, which
 * was then restored from a copy.
 */
export function readCursor(text: string, tokenKey: number, { xmax }: ChangeSnapshot): ListCursor | null {
  const [, key, xid, afterXid, ticketId] = pattern.exec(text) ?? [];
  if (key === undefined || xid === undefined || Number(key) !== tokenKey || BigInt(xid) > xmax) return null;
  if (afterXid === undefined || ticketId === undefined) return { tokenKey, xid: BigInt(xid), after: null };
  return BigInt(afterXid) > xmax ? null : { tokenKey, xid: BigInt(xid), after: { xid: BigInt(afterXid), ticketId } };
}

/**
 * Where to go on after a delta. A transaction that was still open when the delta was read may commit what stands before
 * rows that were told: so it goes on from the snapshot's `xmin`, and from the earliest one if it took several parts.
 *
 * @param last the last row that was told, when there are more; null at the end
 */
export function cursorAfter(from: ListCursor, { xmin }: ChangeSnapshot, last: ChangePlace | null): ListCursor {
  return { tokenKey: from.tokenKey, xid: from.after === null ? xmin : from.xid, after: last };
}
