import type { AuditAction } from "@tessera/contracts";

export type Thing =
  | "account"
  | "invitation"
  | "offer"
  | "seat_pool"
  | "competition_session"
  | "order"
  | "refund"
  | "ticket"
  | "sales_settings"
  | "key"
  | "programme";

/** What an entry's subject is: its id names an account in most of them. */
export function thingOf(action: AuditAction): Thing {
  if (action === "invitation.made" || action === "invitation.revoked") return "invitation";
  if (action.startsWith("offer.")) return "offer";
  if (action.startsWith("capacity_change.")) return "seat_pool";
  if (action.startsWith("competition_session.")) return "competition_session";
  if (action === "order.refunded") return "order";
  if (action === "refund.retried") return "refund";
  if (action.startsWith("ticket.")) return "ticket";
  if (action === "sales_settings.changed") return "sales_settings";
  if (action.startsWith("key")) return "key";
  return action === "programme.imported" ? "programme" : "account";
}
