import { randomUUID, webcrypto } from "node:crypto";
import { activationMessage, fromBase64url, makeCode, slotAt, toBase64url } from "@tessera/pass";
import type { CoreContext } from "../context.ts";
import type { Actor } from "../ports.ts";
import { applyPaymentEvent } from "../sales/apply-payment-event.ts";
import { readOrder } from "../sales/read-orders.ts";
import { reserveSeats } from "../sales/reserve-seats.ts";
import { startPayment } from "../sales/start-payment.ts";
import { activateTickets } from "../tickets/activate-tickets.ts";
import { createActivationChallenges } from "../tickets/create-activation-challenges.ts";
import { listTickets } from "../tickets/list-tickets.ts";
import { offerIn } from "./catalogue.ts";
import { testRequester } from "./requester.ts";

type Wanted = Parameters<typeof offerIn>[1] & { quantity?: number };

/** A held order of one line. */
export async function reserveOne(ctx: CoreContext, buyer: Actor, { quantity = 1, ...wanted }: Wanted = {}) {
  const { offerId, unitPriceCents } = await offerIn(ctx, wanted);
  const lines = [{ offerId, unitPriceCents, quantity }];
  const { orderId } = await reserveSeats(ctx, buyer, { idempotencyKey: randomUUID(), lines });
  return readOrder(ctx, buyer, { orderId });
}

/** Opens the provider's page; gives the payment's id. */
export async function openPayment(ctx: CoreContext, buyer: Actor, orderId: string): Promise<string> {
  await startPayment(ctx, buyer, { orderId, idempotencyKey: randomUUID() }, testRequester);
  const { payment } = await readOrder(ctx, buyer, { orderId });
  if (payment === null) throw new Error("no payment was started");
  return payment.id;
}

/** A paid order of one line, with its tickets. */
export async function buy(ctx: CoreContext, buyer: Actor, wanted: Wanted = {}) {
  const { id: orderId } = await reserveOne(ctx, buyer, wanted);
  const paymentId = await openPayment(ctx, buyer, orderId);
  await applyPaymentEvent(ctx, {
    id: randomUUID(),
    paymentId,
    kind: "succeeded",
    providerPaymentId: `money-${paymentId}`,
  });
  const order = await readOrder(ctx, buyer, { orderId });
  return { order, paymentId, tickets: await listTickets(ctx, buyer, { orderId }) };
}

type Challenge = { ticketId: string; accountId: string; expectedEpoch: number; challenge: string };

/** A holder's browser: one Ed25519 key, what it signs, and the codes that it shows. */
export async function makeDevice() {
  const pair = await webcrypto.subtle.generateKey("Ed25519", false, ["sign", "verify"]);
  if (!("privateKey" in pair)) throw new Error("no key pair");
  const { privateKey } = pair;
  const publicKey = toBase64url(new Uint8Array(await webcrypto.subtle.exportKey("raw", pair.publicKey)));

  const signBytes = async (message: Uint8Array) =>
    new Uint8Array(await webcrypto.subtle.sign("Ed25519", privateKey, new Uint8Array(message)));
  const sign = (challenges: readonly Challenge[]) =>
    Promise.all(
      challenges.map(async ({ ticketId, accountId, expectedEpoch, challenge }) => {
        const message = activationMessage({ challenge: fromBase64url(challenge), accountId, ticketId, expectedEpoch });
        const signature = await signBytes(message);
        return {
          ticketId,
          expectedEpoch,
          challenge,
          devicePublicKey: publicKey,
          signature: toBase64url(signature),
          soft: false,
        };
      }),
    );
  const answerChallenges = async (ctx: CoreContext, holder: Actor, ticketIds: readonly string[]) =>
    sign(await createActivationChallenges(ctx, holder, { ticketIds }));

  return {
    publicKey,
    sign,
    answerChallenges,
    async activate(ctx: CoreContext, holder: Actor, ticketIds: readonly string[]) {
      return activateTickets(ctx, holder, { tickets: await answerChallenges(ctx, holder, ticketIds) });
    },
    /** The text of the QR code that this device shows at a moment. */
    show: (pass: string, at: Date) => makeCode(fromBase64url(pass), slotAt(at.getTime()), signBytes),
  };
}
