import { z } from "zod";
import { audiences } from "./audiences.ts";
import { id, instant } from "./common.ts";

/** Where somebody is signed in. */
export const authSessionView = z.object({
  id,
  /** Whether it is the one that asks. */
  current: z.boolean(),
  audience: z.enum(audiences),
  /** Such as "Firefox" and "Android"; empty where the browser did not say. */
  browser: z.string(),
  system: z.string(),
  createdAt: instant,
  lastUsedAt: instant,
  expiresAt: instant,
});
export type AuthSessionView = z.output<typeof authSessionView>;

export const authSessionIdInput = z.object({ authSessionId: id });
