import type { Reservation } from "@tessera/contracts";
import type { Account } from "./stage.ts";

/** What a buyer was told, for the count at the end: what was acknowledged is there, once, and is never told otherwise. */
export type Granted = {
  account: Account;
  /** What was asked, without `retry`. */
  wish: { idempotencyKey: string; lines: readonly object[]; partial: boolean };
  /** The answer to the letter. */
  text: string;
  reservation: Reservation;
  seats: number;
  /** Whether the provider or the order itself has said that it is paid. */
  paid: boolean;
};

export type Memory = {
  granted: Granted[];
  /** What nobody expected: a refusal that makes no sense, an answer that never came. */
  surprises: string[];
};

export function createMemory(): Memory {
  return { granted: [], surprises: [] };
}
