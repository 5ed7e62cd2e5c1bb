import { CodedError } from "../../errors.ts";

/**
 * Nobody is both admins: who invites a second address of their own waits this long before it counts, while everybody
 * sees it among the staff.
 */
const newAdminHours = 48;

/** Throws `second_admin_required`, with `from`, for who has been an admin for less than 48 hours. */
export function refuseNewAdmin({ roleSince }: { roleSince: Date }, now: Date): void {
  const from = new Date(roleSince.getTime() + newAdminHours * 3_600_000);
  if (from > now) throw new CodedError("second_admin_required", { from: from.toISOString() });
}
