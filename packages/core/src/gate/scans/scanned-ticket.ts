import type { Facts, verdict } from "@tessera/contracts";
import type { ListEntry, VerifiedCode } from "@tessera/pass";
import { toCategory, toCompetitionSession, toOfferName } from "../../catalogue/rows.ts";
import type { CoreContext } from "../../context.ts";
import type { OrganiserKeys } from "../../keys/organiser-keys.ts";
import { isSealed } from "../../tickets/passes.ts";
import { listedState } from "../lists/listed-state.ts";
import { digestBytes, nextTokenDigest } from "../lists/next-token-digest.ts";
import type { ScannedTicket } from "./scanned-ticket.queries.ts";

/** The list entry that a tablet would hold if it were asked for at this moment. */
export function toEntry(ticket: ScannedTicket, keys: OrganiserKeys): ListEntry {
  return {
    ticketId: ticket.id,
    state: listedState(ticket),
    competitionSessionNumber: ticket.number,
    zone: ticket.zone,
    category: toCategory(ticket.category),
    epoch: ticket.epoch,
    passDigest: ticket.pass_sha256 === null ? null : ticket.pass_sha256.subarray(0, digestBytes),
    nextTokenDigest: nextTokenDigest(keys, ticket),
  };
}

/** Who stands there, as the screen shows it. */
export function toTicket(ticket: ScannedTicket): NonNullable<Facts<typeof verdict>["ticket"]> {
  const { kind, name } = toOfferName(ticket);
  return {
    id: ticket.id,
    reference: ticket.reference,
    holderName: ticket.holder_name,
    kind,
    name,
    category: toCategory(ticket.category),
    zone: ticket.zone,
    competitionSession: toCompetitionSession(ticket),
  };
}

/** Whether a code bears the seal of its ticket's newest epoch. */
export function bearsSeal(
  ctx: Pick<CoreContext, "keyring">,
  { code }: Extract<VerifiedCode, { ok: true }>,
  ticket: ScannedTicket,
): boolean {
  // The holder's account was deleted, and its key with it: no pass of it can be checked any more.
  if (ticket.sealed_account_key.length === 0) return false;
  return isSealed(ctx, code.pass.bytes, {
    ticketId: ticket.id,
    epoch: ticket.epoch,
    holderAccountId: ticket.holder_account_id,
    sealedAccountKey: ticket.sealed_account_key,
    sealedPurchaseKey: ticket.sealed_purchase_key,
  });
}
