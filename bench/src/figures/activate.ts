import { randomUUID } from "node:crypto";
import {
  activateTickets,
  applyPaymentEvent,
  createActivationChallenges,
  createStaffAccount,
  listTickets,
  readOrder,
  reserveSeats,
  startPayment,
} from "@tessera/core";
import { activationMessage, fromBase64url, toBase64url } from "@tessera/pass";
import { generateSigningSeed, loadSigningKey, signMessage } from "@tessera/pass/issuer";
import type { Bench } from "../bench.ts";
import { stockEndlessPool } from "../buyers.ts";
import { rawActivationsPerSecond } from "../limits/raw-activation.ts";
import { ratePerSecond } from "../measure.ts";
import type { Figure } from "../report.ts";
import { anyRequester } from "../requester.ts";

const holders = 120;
/** Three duos reach the limit of an account in one competition session. */
const duosEach = 3;
const inFlight = 8;
const seconds = 4;
/** More than any machine activates by one statement each. */
const rawTickets = 100_000;

type Holding = { accountId: string; ticketId: string };

/**
 * Challenge, the device's signature and activation of one ticket, through core in this process, without HTTP; then each
 * ticket moves on to another device. Beside it the least that an activation can do.
 */
export async function measureActivate(bench: Bench): Promise<Figure[]> {
  const holdings = await buyTickets(bench);
  const device = loadSigningKey(generateSigningSeed());
  const otherDevice = loadSigningKey(generateSigningSeed());
  const waiting = [
    ...holdings.map((one) => ({ one, device })),
    ...holdings.map((one) => ({ one, device: otherDevice })),
  ];
  const perSecond = await ratePerSecond({ inFlight, seconds }, async () => {
    const next = waiting.shift();
    if (next === undefined) return false;
    await activate(bench, next.one, next.device);
    return true;
  });
  const raw = await rawActivationsPerSecond(bench.ownerUrl, { tickets: rawTickets, inFlight, seconds });
  return [
    { name: "activate_per_s", value: perSecond, unit: "/s", goal: null },
    { name: "activate_over_raw_activation", value: perSecond / raw, unit: "", goal: null },
    { name: "raw_activation_per_s", value: raw, unit: "/s", goal: null },
  ];
}

async function activate(
  { ctx }: Bench,
  { accountId, ticketId }: Holding,
  device: ReturnType<typeof loadSigningKey>,
): Promise<void> {
  const [asked] = await createActivationChallenges(ctx, { accountId }, { ticketIds: [ticketId] });
  if (asked === undefined) throw new Error("no challenge for a ticket");
  const { challenge, expectedEpoch } = asked;
  const message = activationMessage({ challenge: fromBase64url(challenge), accountId, ticketId, expectedEpoch });
  const wish = {
    ticketId,
    expectedEpoch,
    challenge,
    devicePublicKey: toBase64url(device.publicKey),
    signature: toBase64url(signMessage(device, message)),
    soft: false,
  };
  await activateTickets(ctx, { accountId }, { tickets: [wish] });
}

/** Paid orders of accounts with keys of their own, made as visitors make them. */
async function buyTickets(bench: Bench): Promise<Holding[]> {
  const { ctx } = bench;
  const line = { ...(await stockEndlessPool(bench)), quantity: duosEach };
  const held = await Promise.all(
    Array.from({ length: holders }, async () => {
      const { id: accountId } = await createStaffAccount(ctx, {
        email: `${randomUUID()}@bench.test`,
        password: "marble torch over the river",
        displayName: "A Holder",
        locale: "fr",
        role: "visitor",
      });
      const { orderId } = await reserveSeats(ctx, { accountId }, { idempotencyKey: randomUUID(), lines: [line] });
      await startPayment(ctx, { accountId }, { orderId, idempotencyKey: randomUUID() }, anyRequester());
      const { payment } = await readOrder(ctx, { accountId }, { orderId });
      if (payment === null) throw new Error("no payment was started");
      await applyPaymentEvent(ctx, {
        id: randomUUID(),
        paymentId: payment.id,
        kind: "succeeded",
        providerPaymentId: null,
      });
      const tickets = await listTickets(ctx, { accountId }, { orderId });
      return tickets.map(({ id: ticketId }) => ({ accountId, ticketId }));
    }),
  );
  return held.flat();
}
