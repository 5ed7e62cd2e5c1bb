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

/** What somebody holds in front of a tablet. */
export type Showing = {
  /** The text of the code at a moment; null for somebody whose phone is dead. */
  readonly code: (nowMs: number) => Promise<string | null>;
  /** Of a picture of an old code: when it was alive. */
  readonly picturedAtMs: number | null;
  readonly what: "live" | "picture" | "relayed" | "paper" | "photocopy" | "old_pass" | "nothing" | "forged";
};

/** Somebody who wants to go through. */
export type Visitor = {
  /** Whose ticket it is, as far as it is one. */
  readonly ticket: IssuedTicket | null;
  readonly showing: Showing;
  /** The right name is on the identity document. */
  readonly rightful: boolean;
};

/** Somebody who went through, as everybody could see. */
export type Seen = {
  readonly visitor: Visitor;
  readonly direction: "in" | "out";
  readonly tabletId: string;
  readonly gateId: string;
  /** Of the record that it stands in. */
  readonly number: number;
  /** When their code was read; they went through somewhat later. */
  readonly readAtMs: number;
  readonly atMs: number;
  readonly confirmed: boolean;
  /** How it came about. */
  readonly by: "verdict" | "look" | "override";
};
