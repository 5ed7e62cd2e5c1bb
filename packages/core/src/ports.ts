import type { PurchaseLimits, Role } from "@tessera/contracts";

export type Clock = () => Date;
/** Bytes from the system's random source. */
export type RandomBytes = (count: number) => Buffer;

/** What the organiser has decided. Durations are in the unit of their name. */
export type Policy = {
  /** Part of what every pass signs: a code of other Games is never good here. */
  gamesId: string;
  /** Shown in authenticator apps. */
  totpIssuer: string;
  holdMinutes: number;
  /** How long a hold lives once payment has started: as long as the provider's page. */
  paymentMinutes: number;
  /** From the reservation: no hold lives longer, however often a payment is started. */
  longestHoldMinutes: number;
  purchaseLimits: PurchaseLimits;
  /** Hours before the gates open; null: from the purchase on (demo). */
  activationOpensHours: number | null;
  gatesOpenMinutes: number;
  /** Demo: the gates of every competition session are open now. */
  gatesAlwaysOpen: boolean;
  listMaxAgeSeconds: number;
  stepUpMinutes: number;
};

/** Who acts: somebody signed in with both factors. */
export type Actor = {
  accountId: string;
  role: Role;
  displayName: string;
  /** Until when what costs or grants something may be done without another code. */
  steppedUpUntil: Date;
};
