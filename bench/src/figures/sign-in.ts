import { randomBytes, randomUUID } from "node:crypto";
import {
  type CoreContext,
  createAttemptLimits,
  createPasswordHasher,
  createStaffAccount,
  postgresLimitStore,
  type Requester,
  signIn,
} from "@tessera/core";
import { createPool } from "@tessera/db";
import type { Bench } from "../bench.ts";
import { hashRaw, rawPassword, verifyRaw } from "../limits/raw-argon2.ts";
import { measureInTurns, median, secondsOf } from "../measure.ts";
import type { Figure } from "../report.ts";

const accounts = 400;
/** People who sign in at once; how many passwords are checked at once is for the product's queue to say. */
const crowd = 32;
const checksInFlight = 3;
const turns = 7;

/**
 * Signing in by password through core, as the product does it: limits in PostgreSQL, the check of the password in its
 * queue, an auth session written. Beside it the checks of passwords alone, as many in all and as many in flight.
 */
export async function measureSignIn({ ctx, databaseUrl }: Bench): Promise<Figure[]> {
  const passwordHash = await hashRaw();
  const emails = await registerAll(ctx, passwordHash);
  const pool = createPool(databaseUrl, { max: 4, applicationName: "tessera-bench-limits" });
  const secret = randomBytes(32);
  const signingIn: CoreContext = {
    ...ctx,
    passwords: createPasswordHasher({ inFlight: checksInFlight }),
    attempts: createAttemptLimits({ store: postgresLimitStore(pool), secret: () => secret }),
  };
  try {
    const rounds = await measureInTurns(turns, async () => {
      const whole = await secondsOf(() => forEach(emails, crowd, (email, index) => enter(signingIn, email, index)));
      const raw = await secondsOf(() => forEach(emails, checksInFlight, () => verifyRaw(passwordHash)));
      return { whole, raw };
    });
    const perSecond = (seconds: number): number => accounts / seconds;
    return [
      { name: "signin_per_s", value: perSecond(median(rounds.map(({ whole }) => whole))), unit: "/s", goal: null },
      { name: "raw_argon2_per_s", value: perSecond(median(rounds.map(({ raw }) => raw))), unit: "/s", goal: null },
      {
        name: "signin_over_argon2",
        value: median(rounds.map(({ whole, raw }) => raw / whole)),
        unit: "",
        goal: { atLeast: 0.9 },
      },
    ];
  } finally {
    await pool.end();
  }
}

async function enter(ctx: CoreContext, email: string, index: number): Promise<void> {
  const requester: Requester = {
    address: `10.0.${index >> 8}.${index & 255}`,
    origin: "http://bench.test",
    userAgent: "Mozilla/5.0 (bench)",
    proof: null,
  };
  await signIn(ctx, { email, password: rawPassword, audience: "shop" }, requester, { state: "signed_out" });
}

/** Accounts that all have the same hash: making one each would take as long as measuring. */
async function registerAll(ctx: CoreContext, passwordHash: string): Promise<string[]> {
  const registering = { ...ctx, passwords: { ...ctx.passwords, hash: async () => passwordHash } };
  const emails = Array.from({ length: accounts }, () => `${randomUUID()}@bench.test`);
  await forEach(emails, crowd, async (email) => {
    await createStaffAccount(registering, {
      email,
      password: rawPassword,
      displayName: "A Visitor",
      locale: "fr",
      role: "visitor",
    });
  });
  return emails;
}

/** So many at once, each beginning as soon as another has ended. */
async function forEach(
  emails: readonly string[],
  inFlight: number,
  work: (email: string, index: number) => Promise<void>,
): Promise<void> {
  const waiting = [...emails.entries()];
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await work(next[1], next[0]);
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
}
