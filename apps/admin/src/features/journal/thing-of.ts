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
  | "scanner"
  | "incident"
  | "key"
  | "programme";

/** What an entry's subject is: its id names an account in most of them. */
export function thingOf(action: AuditAction): Thing {
  if (action === "invitation.made" || action === "invitation.revoked") return "invitation";
  if (action.startsWith("offer.")) return "offer";
  if (action.startsWith("capacity_change.")) return "seat_pool";
  if (/^(competition_session|gate_policy)\./.test(action)) return "competition_session";
  if (action === "order.refunded") return "order";
  if (action === "refund.retried") return "refund";
  if (action.startsWith("ticket.")) return "ticket";
  if (action === "sales_settings.changed") return "sales_settings";
  if (action.startsWith("incident.")) return "incident";
  // Whatever is decided about somebody at a gate is about their ticket; the rest is about the tablet.
  if (action === "gate.decided_by_hand" || action === "gate.overridden") return "ticket";
  if (/^(scanner|shift|gate)\./.test(action)) return "scanner";
  if (action.startsWith("key")) return "key";
  return action === "programme.imported" ? "programme" : "account";
}
