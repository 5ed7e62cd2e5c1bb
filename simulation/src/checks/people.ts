import type { GatePolicySettings } from "@tessera/contracts";
import { slotAt } from "@tessera/pass";
import type { Seen } from "../world/ticket.ts";
import type { Presented, Refusal, Truth } from "../world/truth.ts";
import type { Finding } from "./finding.ts";

/**
 * Whether anybody whose ticket was good was turned away, but where the policy says so: `home_gate` sends people to their own
 * gate while a tablet is cut off, and that is counted apart.
 */
export function checkRefusals(
  truth: Truth,
  { reentry, offlineAdmission }: GatePolicySettings,
): { findings: Finding[]; sentHome: number } {
  const findings: Finding[] = [];
  let sentHome = 0;
  for (const refusal of truth.refusals) {
    const { visitor, reason, confirmed } = refusal;
    if (!visitor.rightful || visitor.ticket === null) continue;
    if (reason === "wrong_gate" && offlineAdmission === "home_gate" && !confirmed) sentHome += 1;
    else if (!isDeserved(refusal, truth, reentry))
      findings.push({ kind: "refused", what: tell(refusal), ticketId: visitor.ticket.ticketId });
  }
  return { findings, sentHome };
}

/** The ticket was barred, or somebody had gone in with it. */
function isDeserved({ visitor, atMs, direction }: Refusal, truth: Truth, reentry: "never" | "after_exit"): boolean {
  const ticketId = visitor.ticket?.ticketId ?? "";
  const changes = truth.changesOf(ticketId).filter((change) => change.atMs <= atMs);
  if (changes.some(({ kind }) => kind !== "moved")) return true;
  if (direction === "out") return false;
  const before = truth.of(ticketId).filter((seen) => seen.atMs < atMs);
  return reentry === "never" ? before.some((seen) => seen.direction === "in") : isInside(before);
}

const isInside = (passages: readonly Seen[]): boolean =>
  passages.reduce((sum, { direction }) => sum + (direction === "in" ? 1 : -1), 0) > 0;

/** Whether the server said yes to a code that should have been dead, or never lived. */
export function checkConfirmed(truth: Truth): Finding[] {
  return truth.presented
    .filter((one) => one.outcome === "admit" && one.confirmed && isDead(one, truth))
    .map((one): Finding => ({ kind: "let_in", what: `${one.visitor.showing.what} at ${one.tabletId} ${one.number}` }));
}

function isDead({ visitor, atMs }: Presented, truth: Truth): boolean {
  const { showing, ticket } = visitor;
  if (showing.what === "forged" || ticket === null) return true;
  const { picturedAtMs } = showing;
  if (picturedAtMs !== null && slotAt(atMs) - slotAt(picturedAtMs + ticket.party.clockErrorMs) > 1) return true;
  const before = truth.changesOf(ticket.ticketId).filter((change) => change.atMs <= atMs);
  return before.some(({ kind }) => kind !== "moved" || showing.what === "old_pass");
}

const tell = ({ visitor, direction, reason, confirmed, online, tabletId, number, atMs }: Refusal): string =>
  `${reason} (${confirmed ? "confirmed" : online ? "online" : "cut off"}) for ${visitor.showing.what} of ${visitor.ticket?.ticketId ?? "nobody"} going ${direction} at ${tabletId} ${number}, ${new Date(atMs).toISOString()}`;
