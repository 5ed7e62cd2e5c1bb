import { hash } from "node:crypto";
import { slotAt, type VerifiedCode } from "@tessera/pass";
import type { CoreContext } from "../../context.ts";
import { isSealed } from "../../tickets/passes.ts";
import type { Finding } from "./went-through.ts";

/** What a ticket was in one epoch. */
export type EpochRow = {
  ticket_id: string;
  epoch: number;
  created_at: Date;
  holder_account_id: string;
  pass_sha256: Buffer | null;
  sealed_purchase_key: Buffer;
  sealed_account_key: Buffer;
};

/** A tablet's clock may be so far off, and a proof is still of the moment when it was shown. */
const clockToleranceMs = 15 * 60_000;

/**
 * What the server finds of a code, by the keys of the epoch that it names: whoever held the ticket then, and whatever has
 * become of it since.
 *
 * @param scan.at the moments at which it was shown, by the tablet and, if it was asked, by the server
 * @param ticket the ticket that the code names; its epochs, and whether it is of this competition session
 */
export function findCode(
  ctx: Pick<CoreContext, "keyring">,
  verified: VerifiedCode,
  ticket: { isOfThisCompetitionSession: boolean; epochs: readonly EpochRow[] } | undefined,
  at: readonly Date[],
): Finding {
  if (!verified.ok) return verified.reason;
  if (ticket === undefined) return "unknown_ticket";
  if (!ticket.isOfThisCompetitionSession) return "wrong_competition_session";
  const { pass, proof } = verified.code;
  const epoch = ticket.epochs.find((one) => one.epoch === pass.epoch);
  if (epoch?.pass_sha256 == null) return "not_current_pass";
  // An account that was deleted took its key along: then the pass that was made is the only one that there is.
  if (epoch.sealed_account_key.length > 0 && !bearsSeal(ctx, pass.bytes, epoch)) return "bad_seal";
  if (!hash("sha256", pass.bytes, "buffer").equals(epoch.pass_sha256)) return "not_current_pass";
  if (verified.proof === "none" || proof === null) return "paper";
  if (verified.proof === "bad") return "bad_proof";
  return at.some((moment) => isOfTheMoment(proof.slot, moment)) ? "good" : "stale_code";
}

const bearsSeal = (ctx: Pick<CoreContext, "keyring">, pass: Uint8Array, epoch: EpochRow): boolean =>
  isSealed(ctx, pass, {
    ticketId: epoch.ticket_id,
    epoch: epoch.epoch,
    holderAccountId: epoch.holder_account_id,
    sealedAccountKey: epoch.sealed_account_key,
    sealedPurchaseKey: epoch.sealed_purchase_key,
  });

/** Within one slot of the scan's own, give or take what a clock may be off. */
const isOfTheMoment = (slot: number, at: Date): boolean =>
  slot >= slotAt(at.getTime() - clockToleranceMs) - 1 && slot <= slotAt(at.getTime() + clockToleranceMs) + 1;
