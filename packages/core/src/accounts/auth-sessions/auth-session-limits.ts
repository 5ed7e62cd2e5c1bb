import type { Audience, Role } from "@tessera/contracts";

const hour = 3_600_000;
const day = 24 * hour;

/** An auth session ends when it was not used for `idle`, and `absolute` after signing in at the latest. Milliseconds. */
export type AuthSessionLimits = { idle: number; absolute: number };

/** Until the second factor is there, for everybody everywhere. */
const halfSignedIn: AuthSessionLimits = { idle: hour, absolute: hour };

/**
 * Whose auth sessions live how long. NIST SP 800-63B-4 asks for an hour and a day at AAL2 where much is at stake, and
 * leaves it to a risk assessment elsewhere: a visitor in the shop must step up for what costs anything, a tablet at the
 * gate serves one long shift.
 */
const limits: Record<Audience, { visitor: AuthSessionLimits; employee: AuthSessionLimits }> = {
  shop: { visitor: { idle: 7 * day, absolute: 30 * day }, employee: { idle: 8 * hour, absolute: day } },
  admin: { visitor: halfSignedIn, employee: { idle: hour, absolute: day } },
  scanner: { visitor: halfSignedIn, employee: { idle: 16 * hour, absolute: 16 * hour } },
};

/** How long an auth session lives. */
export function limitsOf(session: { audience: Audience; role: Role; secondFactorAt: Date | null }): AuthSessionLimits {
  if (session.secondFactorAt === null) return halfSignedIn;
  return limits[session.audience][session.role === "visitor" ? "visitor" : "employee"];
}
