import type { OfferState } from "@tessera/contracts";
import { CodedError } from "../errors.ts";

/** Which change of an offer is allowed. Nothing goes back to draft: somebody may have bought it. */
const changes: Record<OfferState, readonly OfferState[]> = {
  draft: ["published"],
  published: ["withdrawn"],
  withdrawn: ["published"],
};

/** Throws `conflict` for a change that the table does not allow. */
export function assertOfferChange(from: OfferState, to: OfferState): void {
  if (!changes[from].includes(to)) throw new CodedError("conflict", { from, to });
}
