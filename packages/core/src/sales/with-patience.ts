import type { PaymentProvider } from "./payment-provider.ts";

/** Longer than an adapter tries by itself. */
export const patienceMs = 30_000;

/** A provider that hangs counts as one that does not answer: no call of it is waited for longer. */
export function withPatience(provider: PaymentProvider, milliseconds = patienceMs): PaymentProvider {
  const within = async <Answer>(answer: Promise<Answer>): Promise<Answer> => {
    const { promise: never, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => reject(new Error("the payment provider did not answer in time")), milliseconds);
    try {
      return await Promise.race([answer, never]);
    } finally {
      clearTimeout(timer);
    }
  };
  return {
    name: provider.name,
    start: (payment) => within(provider.start(payment)),
    close: (payment) => within(provider.close(payment)),
    look: (payment) => within(provider.look(payment)),
    refund: (refund) => within(provider.refund(refund)),
  };
}
