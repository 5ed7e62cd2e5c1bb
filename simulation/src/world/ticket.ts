import type { Actor } from "@tessera/core";
import type { LoadedSigningKey } from "@tessera/pass/issuer";

/** People who come together, with one phone or their papers. */
export type Party = {
  readonly holder: Actor & { email: string };
  readonly orderId: string;
  readonly orderReference: string;
  /** What signs on their phone; null on paper. */
  readonly device: LoadedSigningKey | null;
  /** How far their phone is ahead of the server. */
  readonly clockErrorMs: number;
};

/** A ticket as its holder has it. */
export type IssuedTicket = {
  readonly ticketId: string;
  readonly reference: string;
  readonly zone: number;
  readonly party: Party;
  readonly pass: Uint8Array;
};
