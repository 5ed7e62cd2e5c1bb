import type { Database } from "@tessera/db";
import type { Kysely } from "kysely";
import type { AttemptLimits } from "./accounts/limits/attempt-limits.ts";
import type { PasswordHasher } from "./accounts/passwords/passwords.ts";
import type { CatalogueCache } from "./catalogue/catalogue-cache.ts";
import type { Keyring } from "./keys/keyring.ts";
import type { GateReadings } from "./live/gate-readings.ts";
import type { Clock, Documents, Mailer, Policy, RandomBytes } from "./ports.ts";
import type { Reservations } from "./sales/decide-reservations.ts";
import type { PaymentProvider } from "./sales/payment-provider.ts";

/** Everything the business needs from outside. */
export type CoreDependencies = {
  /** Application role. */
  db: Kysely<Database>;
  clock: Clock;
  random: RandomBytes;
  keyring: Keyring;
  passwords: PasswordHasher;
  attempts: AttemptLimits;
  payments: PaymentProvider;
  mailer: Mailer;
  documents: Documents;
  policy: Policy;
};

/** What a node keeps in memory, made once from its dependencies. A use case takes the parts of it that it uses. */
export type CoreContext = CoreDependencies & {
  catalogue: CatalogueCache;
  reservations: Reservations;
  gateReadings: GateReadings;
};
