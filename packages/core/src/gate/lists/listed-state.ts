/** A ticket that is cancelled or blocked is still listed, so that its code is refused for the right reason. */
export function listedState(ticket: { state: string; blocked_at: Date | null }): "good" | "revoked" | "blocked" {
  if (ticket.state === "cancelled") return "revoked";
  return ticket.blocked_at === null ? "good" : "blocked";
}
