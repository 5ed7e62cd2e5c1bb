import type { AuditAction } from "@tessera/contracts";

export type Thing = "account" | "invitation" | "offer" | "key" | "programme";

/** What an entry's subject is: its id names an account in most of them. */
export function thingOf(action: AuditAction): Thing {
  if (action === "invitation.made" || action === "invitation.revoked") return "invitation";
  if (action.startsWith("offer.")) return "offer";
  if (action.startsWith("key")) return "key";
  return action === "programme.imported" ? "programme" : "account";
}
