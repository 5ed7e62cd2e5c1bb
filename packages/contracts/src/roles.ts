import { z } from "zod";

export const roles = ["visitor", "staff", "supervisor", "admin"] as const;
export const role = z.enum(roles);
export type Role = z.infer<typeof role>;

/** Each app signs in for itself: an auth session of one app is worth nothing in another. */
export const audiences = ["shop", "admin", "scanner"] as const;
export type Audience = (typeof audiences)[number];

/** Who may sign in where. */
export const rolesOfAudience: Record<Audience, readonly Role[]> = {
  shop: ["visitor", "staff", "supervisor", "admin"],
  admin: ["admin"],
  scanner: ["staff", "supervisor", "admin"],
};

/** The request header that names the app, and so the cookie that is looked at. */
export const audienceHeader = "tessera-audience";
