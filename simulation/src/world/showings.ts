import type { Random } from "@tessera/chaos/random";
import type { RandomBytes } from "@tessera/core";
import { encodeBase45, makeCode, makePaperCode, slotAt } from "@tessera/pass";
import { type LoadedSigningKey, signMessage } from "@tessera/pass/issuer";
import type { IssuedTicket, Showing } from "./ticket.ts";

const signing = (device: LoadedSigningKey) => async (message: Uint8Array) => signMessage(device, message);

/** The text that the holder's phone shows at a moment, or the paper. */
export function codeOf({ party, pass }: IssuedTicket, nowMs: number): Promise<string> {
  const { device, clockErrorMs } = party;
  if (device === null) return Promise.resolve(makePaperCode(pass));
  return makeCode(pass, slotAt(nowMs + clockErrorMs), signing(device));
}

export const ownCode = (ticket: IssuedTicket): Showing => ({
  code: (nowMs) => codeOf(ticket, nowMs),
  picturedAtMs: null,
  what: ticket.party.device === null ? "paper" : "live",
});

/** A picture of what the holder showed at a moment: it never changes. */
export const picture = (ticket: IssuedTicket, atMs: number): Showing => ({
  code: () => codeOf(ticket, atMs),
  picturedAtMs: atMs,
  what: ticket.party.device === null ? "photocopy" : "picture",
});

/** What somebody far away sees on the holder's phone, a few seconds late. */
export const relayed = (ticket: IssuedTicket, lateMs: number): Showing => ({
  code: (nowMs) => codeOf(ticket, nowMs - lateMs),
  picturedAtMs: null,
  what: "relayed",
});

/** The pass of a device that has been replaced: that device goes on showing it. */
export const oldPass = (ticket: IssuedTicket): Showing => ({ ...ownCode(ticket), what: "old_pass" });

export const nothing: Showing = { code: () => Promise.resolve(null), picturedAtMs: null, what: "nothing" };

/** A code that nobody issued: somebody else's pass with another's proof, a changed pass, or anything. */
export function forged(ticket: IssuedTicket, random: Random, bytes: RandomBytes, attacker: LoadedSigningKey): Showing {
  const way = random.pick(["other_device", "changed_pass", "noise"] as const);
  const changed = Uint8Array.from(ticket.pass);
  // The ticket's id, its zone, or its epoch.
  changed[random.pick([17, 22, 25])] = 1 + Math.floor(random.next() * 255);
  const noise = bytes(231);
  const code = (nowMs: number): Promise<string> => {
    if (way === "noise" || ticket.party.device === null) return Promise.resolve(`TSR1:${encodeBase45(noise)}`);
    if (way === "changed_pass") return makeCode(changed, slotAt(nowMs), signing(ticket.party.device));
    return makeCode(ticket.pass, slotAt(nowMs), signing(attacker));
  };
  return { code, picturedAtMs: null, what: "forged" };
}
