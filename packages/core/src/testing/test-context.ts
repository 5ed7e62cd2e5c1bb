import { createHash, randomBytes } from "node:crypto";
import type { Database } from "@tessera/db";
import type { Kysely } from "kysely";
import { createAttemptLimits } from "../accounts/limits/attempt-limits.ts";
import type { PasswordHasher } from "../accounts/passwords/passwords.ts";
import type { CoreContext } from "../context.ts";
import { createCoreContext } from "../create-core-context.ts";
import { kekKinds } from "../keys/keyring.ts";
import type { Documents, OutgoingMail, Policy } from "../ports.ts";
import type { PaymentProvider, PaymentStanding } from "../sales/payment-provider.ts";
import { keyringOf } from "./keks.ts";

export type TestClock = { set(at: Date): void; advance(milliseconds: number): void };

/** What the fake provider was asked, in order, and what it says of each payment. */
export type TestPayments = {
  started: Parameters<PaymentProvider["start"]>[0][];
  refunded: Parameters<PaymentProvider["refund"]>[0][];
  closed: string[];
  looked: string[];
  /** By payment; one that was started and is not here is open. */
  standings: Map<string, PaymentStanding>;
  /** How refunds end; `succeeded` at once unless told. */
  refundState: "sent" | "succeeded" | "failed";
};

/** What was to be drawn on paper, in order. */
export type TestPapers = Parameters<Documents["paperTickets"]>[0][];

export type TestContext = {
  ctx: CoreContext;
  clock: TestClock;
  payments: TestPayments;
  mails: OutgoingMail[];
  papers: TestPapers;
};

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
  handOverClosesMinutes: 180,
  handOverDays: 7,
  movesPerDay: 10,
  stepUpMinutes: 10,
  scannerCodeMinutes: 10,
  shiftHours: 12,
  overridesPerShift: 10,
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
  const payments: TestPayments = {
    started: [],
    refunded: [],
    closed: [],
    looked: [],
    standings: new Map(),
    refundState: "succeeded",
  };
  const mails: OutgoingMail[] = [];
  const papers: TestPapers = [];
  return {
    ctx: createCoreContext({
      db: options.db,
      clock: () => new Date(now),
      random: randomBytes,
      keyring: keyringOf(new Map(kekKinds.map((kind) => [kind, randomBytes(32)]))),
      passwords: fastPasswords,
      attempts: createAttemptLimits(),
      payments: recordingProvider(payments),
      mailer: { send: async (mail) => void mails.push(mail) },
      documents: {
        async paperTickets(paper) {
          papers.push(paper);
          return Buffer.from(paper.tickets.map(({ code }) => code).join("\n"));
        },
      },
      policy: { ...testPolicy, ...options.policy },
    }),
    clock: {
      set: (at) => void (now = at),
      advance: (milliseconds) => void (now = new Date(now.getTime() + milliseconds)),
    },
    payments,
    mails,
    papers,
  };
}

/** argon2id is slow on purpose; hundreds of test accounts need not wait for it. */
const fastPasswords: PasswordHasher = {
  hash: async (password) => createHash("sha256").update(password).digest("hex"),
  verify: async (hash, password) => hash === (await fastPasswords.hash(password)),
  needsRehash: () => false,
};

function recordingProvider(payments: TestPayments): PaymentProvider {
  const standingOf = (paymentId: string): PaymentStanding =>
    payments.standings.get(paymentId) ?? {
      state: payments.started.some((one) => one.paymentId === paymentId) ? "open" : "unknown",
    };
  return {
    name: "demo",
    async start(payment) {
      payments.started.push(payment);
      return { redirectUrl: `https://pay.test/${payment.paymentId}`, pageId: `page-${payment.paymentId}` };
    },
    async close({ paymentId }) {
      payments.closed.push(paymentId);
      if (standingOf(paymentId).state === "open") payments.standings.set(paymentId, { state: "expired" });
      return standingOf(paymentId);
    },
    async look({ paymentId }) {
      payments.looked.push(paymentId);
      return standingOf(paymentId);
    },
    async refund(refund) {
      payments.refunded.push(refund);
      return { state: payments.refundState, providerRefundId: `refund-${refund.refundId}` };
    },
  };
}
