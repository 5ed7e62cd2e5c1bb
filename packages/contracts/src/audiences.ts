import type { Role } from "./role-names.ts";

// No schema in this file: every page needs it in its first chunk, and zod is not wanted there.

/** Each app signs in for itself: an auth session of one app is worth nothing in another. */
export const audiences = ["shop", "admin", "scanner"] as const;
export type Audience = (typeof audiences)[number];

/** Who may sign in where. */
export const rolesOfAudience: Record<Audience, readonly Role[]> = {
  shop: ["visitor", "staff", "supervisor", "admin"],
  admin: ["supervisor", "admin"],
  scanner: ["staff", "supervisor", "admin"],
};

/** The request header that names the app, and so the cookie that is looked at. */
export const audienceHeader = "tessera-audience";

/** What names it in the address of live events: a browser that waits for them sends no headers of ours. */
export const audienceParameter = "audience";

/**
 * The request header by which a page says that nobody has touched it for a while: what it asks by itself keeps no auth
 * session alive.
 */
export const idleHeader = "tessera-idle";

/** The request header that carries a solved proof of work. */
export const proofHeader = "tessera-proof";

/** The request headers by which a tablet signs a request (RFC 9421, RFC 9530). */
export const signatureHeaders = { input: "signature-input", signature: "signature", digest: "content-digest" } as const;
