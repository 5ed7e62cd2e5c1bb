import { createHash, randomBytes } from "node:crypto";
import type { Database } from "@tessera/db";
import type { Kysely } from "kysely";
import { createAttemptLimits } from "../accounts/limits/attempt-limits.ts";
import type { PasswordHasher } from "../accounts/passwords/passwords.ts";
import type { CoreContext } from "../context.ts";
import { createCoreContext } from "../create-core-context.ts";
import { createKeyring, type KekKind, kekKinds, type Keyring } from "../keys/keyring.ts";
import type { OutgoingMail, Policy } from "../ports.ts";
import type { PaymentProvider } from "../sales/payment-provider.ts";

export type TestClock = { set(at: Date): void; advance(milliseconds: number): void };

/** What the fake provider was asked, in order. */
export type TestPayments = {
  started: { paymentId: string; amountCents: number; expiresAt: Date }[];
  refunded: { refundId: string; paymentId: string; amountCents: number }[];
};

export type TestContext = { ctx: CoreContext; clock: TestClock; payments: TestPayments; mails: OutgoingMail[] };

const testPolicy: Policy = {
  gamesId: "test-2028",
  totpIssuer: "Tessera",
  holdMinutes: 15,
  paymentMinutes: 30,
  longestHoldMinutes: 75,
  activationOpensHours: null,
  gatesOpenMinutes: 90,
  gatesAlwaysOpen: false,
  listMaxAgeSeconds: 3600,
  stepUpMinutes: 10,
  appUrls: {
    shop: "https://tickets.test/",
    admin: "https://admin.tickets.test/",
    scanner: "https://gate.tickets.test/",
  },
  passkeyDomain: "tickets.test",
};

/** A context over a test's database: a clock that the test moves, KEKs of its own, and a provider that records. */
export function testContext(options: {
  db: Kysely<Database>;
  /** Where the clock stands at first; the 14th of July 2028 at noon unless told. */
  now?: Date;
  policy?: Partial<Policy>;
}): TestContext {
  let now = options.now ?? new Date("2028-07-14T12:00:00Z");
  const payments: TestPayments = { started: [], refunded: [] };
  const mails: OutgoingMail[] = [];
  return {
    ctx: createCoreContext({
      db: options.db,
      clock: () => new Date(now),
      random: randomBytes,
      keyring: randomKeyring(),
      passwords: fastPasswords,
      attempts: createAttemptLimits(),
      payments: recordingProvider(payments),
      mailer: { send: async (mail) => void mails.push(mail) },
      policy: { ...testPolicy, ...options.policy },
    }),
    clock: {
      set: (at) => void (now = at),
      advance: (milliseconds) => void (now = new Date(now.getTime() + milliseconds)),
    },
    payments,
    mails,
  };
}

function randomKeyring(): Keyring {
  const keks = new Map<KekKind, Buffer>(kekKinds.map((kind) => [kind, randomBytes(32)]));
  const byId = (kind: KekKind, id: number): Buffer | undefined => (id === 1 ? keks.get(kind) : undefined);
  return createKeyring({
    byId,
    active(kind) {
      const key = byId(kind, 1);
      if (key === undefined) throw new RangeError(`no KEK for ${kind}`);
      return { id: 1, key };
    },
  });
}

/** argon2id is slow on purpose; hundreds of test accounts need not wait for it. */
const fastPasswords: PasswordHasher = {
  hash: async (password) => createHash("sha256").update(password).digest("hex"),
  verify: async (hash, password) => hash === (await fastPasswords.hash(password)),
  needsRehash: () => false,
};

function recordingProvider(payments: TestPayments): PaymentProvider {
  return {
    name: "demo",
    async start(payment) {
      payments.started.push(payment);
      return { redirectUrl: `https://pay.test/${payment.paymentId}` };
    },
    async refund(refund) {
      payments.refunded.push(refund);
    },
  };
}
