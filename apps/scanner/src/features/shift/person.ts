import type { Shift } from "@tessera/contracts";

/** Somebody who works with this tablet. `mustSignIn`: the PIN was tried too often, and opens nothing any more. */
export type Person = Pick<Shift, "displayName" | "role"> & {
  readonly shiftId: string;
  /** ISO 8601. */
  readonly endsAt: string;
  readonly mustSignIn: boolean;
};
