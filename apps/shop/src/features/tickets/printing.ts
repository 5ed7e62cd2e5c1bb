import type { Ticket } from "@tessera/contracts";

/** Whether a ticket can go onto paper, or comes out again as it is there. */
export function isPrintable({ state, blocked, handOver, activation }: Ticket): boolean {
  if (state !== "issued" || blocked) return false;
  if (activation.state === "paper") return true;
  return handOver.state !== "closed" && activation.movesLeft > 0;
}

/** Whether nothing of it changes by printing: no question is needed. */
export const isOnPaper = ({ activation }: Ticket): boolean => activation.state === "paper";
