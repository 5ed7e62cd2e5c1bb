import { randomBytes } from "node:crypto";
import {
  type CoreContext,
  type CoreDependencies,
  createAttemptLimits,
  createCoreContext,
  createKeyring,
  createPasswordHasher,
  type KekSource,
  type LimitStore,
  type Mailer,
  type Policy,
} from "@tessera/core";
import type { DeliverWebhook } from "./adapters/demo-payments.ts";
import { openPayments, type Payments } from "./adapters/payments.ts";
import type { Config } from "./config.ts";
import type { Logger } from "./log.ts";

/** What of the configuration decides the business. */
export type ContainerSettings = Pick<Config, "demo" | "gamesId" | "payments"> &
  Partial<Pick<Config, "holdSeconds" | "stepUpMinutes">> &
  Pick<Policy, "appUrls" | "passkeyDomain">;

export type Container = { core: CoreContext; payments: Payments };

/**
 * The composition root: what the business needs from outside, put together in one place.
 *
 * @param parts.overrides what a test gives instead
 */
export async function createContainer(parts: {
  config: ContainerSettings;
  db: CoreContext["db"];
  keks: KekSource;
  /** Where tries are counted. */
  limits: LimitStore;
  deliver: DeliverWebhook;
  mailer: Mailer;
  log: Logger;
  overrides?: Partial<CoreDependencies>;
}): Promise<Container> {
  const clock = parts.overrides?.clock ?? (() => new Date());
  const payments = await openPayments(parts.config.payments, { ...parts, clock });
  const core: CoreContext = createCoreContext({
    db: parts.db,
    clock,
    random: randomBytes,
    keyring: createKeyring(parts.keks),
    passwords: createPasswordHasher({ mustYield: () => core.reservations.areWaiting() }),
    // The key-encryption key that is the same on every node, and whose loss would matter least.
    attempts: createAttemptLimits({ store: parts.limits, secret: () => parts.keks.active("mail").key }),
    payments,
    mailer: parts.mailer,
    // Loaded with the first ticket that is printed: a server that starts has more urgent things to do.
    documents: { paperTickets: async (paper) => (await import("@tessera/documents")).paperTickets(paper) },
    policy: policyOf(parts.config),
    ...parts.overrides,
  });
  return { core, payments };
}

/** How old a list may get on a tablet before it only asks people to look closer. */
export const listMaxAgeSeconds = 600;

/** In the demo a ticket is bought, activated and scanned within minutes, years before the competition session. */
function policyOf({
  demo,
  gamesId,
  holdSeconds,
  stepUpMinutes = 10,
  appUrls,
  passkeyDomain,
}: ContainerSettings): Policy {
  const holdMinutes = holdSeconds === undefined ? 15 : holdSeconds / 60;
  return {
    gamesId,
    totpIssuer: "Tessera",
    holdMinutes,
    paymentMinutes: 2 * holdMinutes,
    longestHoldMinutes: 5 * holdMinutes,
    activationOpensHours: demo ? null : 48,
    gatesOpenMinutes: 120,
    gatesAlwaysOpen: demo,
    listMaxAgeSeconds,
    handOverClosesMinutes: 180,
    handOverDays: 7,
    movesPerDay: 5,
    stepUpMinutes,
    scannerCodeMinutes: 10,
    shiftHours: 12,
    overridesPerShift: 10,
    appUrls,
    passkeyDomain,
  };
}
