import { createHash } from "node:crypto";
import type { Category } from "@tessera/contracts";
import { checkSeal, deriveEpochToken, deriveTicketKey, issuePass } from "@tessera/pass/issuer";
import { accountKeyPlace } from "../accounts/account.ts";
import type { CoreContext } from "../context.ts";
import type { PassKeys } from "../keys/organiser-keys.ts";

/** What `ticket_epoch.flags` keeps: the bits that say where a pass lives. */
export const paperFlag = 1;
export const softKeyFlag = 2;

export type PassSubject = {
  ticketId: string;
  competitionSessionNumber: number;
  zone: number;
  category: Category;
  epoch: number;
  /** Null on paper. */
  devicePublicKey: Uint8Array | null;
  flags: number;
  validFrom: Date;
  validUntil: Date;
};

type KeyContext = Pick<CoreContext, "keyring" | "policy">;

/** Opens account key A and purchase key B and derives the ticket key. None of the three is kept. */
export function ticketKeyOf(
  { keyring }: Pick<CoreContext, "keyring">,
  ticket: {
    ticketId: string;
    epoch: number;
    holderAccountId: string;
    sealedAccountKey: Uint8Array;
    sealedPurchaseKey: Uint8Array;
  },
): Uint8Array {
  const { ticketId, epoch, holderAccountId } = ticket;
  const accountKey = keyring.open("account", ticket.sealedAccountKey, accountKeyPlace(holderAccountId));
  const purchaseKey = keyring.open("purchase", ticket.sealedPurchaseKey, purchaseKeyPlace(ticketId, epoch));
  return deriveTicketKey(accountKey, purchaseKey, ticketId, epoch);
}

const purchaseKeyBytes = 32;

/** A new purchase key, sealed for one ticket's epoch: nobody ever sees it but `ticketKeyOf`. */
export function newPurchaseKey(
  { keyring, random }: Pick<CoreContext, "keyring" | "random">,
  { ticketId, epoch }: { ticketId: string; epoch: number },
): Buffer {
  return keyring.seal("purchase", random(purchaseKeyBytes), purchaseKeyPlace(ticketId, epoch));
}

export const purchaseKeyPlace = (ticketId: string, epoch: number) => ({
  table: "ticket_epoch",
  column: "sealed_purchase_key",
  rowId: ticketId,
  epoch,
});

/** Seals and signs a pass. The same subject and keys give the same bytes: a pass is never stored, only its SHA-256. */
export function makePass(
  ctx: KeyContext,
  { subject, ticketKey, keys }: { subject: PassSubject; ticketKey: Uint8Array; keys: PassKeys },
): { pass: Uint8Array; sha256: Buffer } {
  const pass = issuePass(
    {
      issuerKeyId: keys.issuer.id,
      ticketId: subject.ticketId,
      competitionSessionNumber: subject.competitionSessionNumber,
      zone: subject.zone,
      category: subject.category,
      epoch: subject.epoch,
      validFrom: unixSeconds(subject.validFrom),
      validUntil: unixSeconds(subject.validUntil),
      paper: (subject.flags & paperFlag) !== 0,
      softKey: (subject.flags & softKeyFlag) !== 0,
      wheelchair: false,
      child: false,
      devicePublicKey: subject.devicePublicKey,
      epochToken: deriveEpochToken(keys.token.key, subject.ticketId, subject.epoch),
    },
    { ticketKey, issuerKey: keys.issuer.key, gamesId: ctx.policy.gamesId },
  );
  return { pass, sha256: createHash("sha256").update(pass).digest() };
}

/** Whether a pass bears the seal that only both keys of its ticket can make. */
export function isSealed(
  ctx: Pick<CoreContext, "keyring">,
  pass: Uint8Array,
  ticket: Parameters<typeof ticketKeyOf>[1],
): boolean {
  return checkSeal(ticketKeyOf(ctx, ticket), pass);
}

const unixSeconds = (date: Date): number => Math.floor(date.getTime() / 1000);
