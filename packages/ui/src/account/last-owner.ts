import { noteRecoveryCodeUsed } from "./factors/recovery-notes.ts";
import { keep, kept, useKept } from "./kept.ts";

/** Whose tab this is: an address, and whether its auth session was open when we looked last. */
const addressNote = "address";
const openNote = "was-signed-in";

/** Somebody is signed in here. Where they are found signed out later without having done it, the door says so. */
export function noteSignedIn(email: string): void {
  keep("tab", addressNote, email);
  keep("tab", openNote, "yes");
}

/** Whoever signs in next has this address: it was typed here. What ended before has its reason. */
export function noteAddress(email: string | null): void {
  if (email !== null) keep("tab", addressNote, email);
  keep("tab", openNote, null);
}

/** `forGood`: the account is no more, and nobody comes back to what was kept for it. */
type OwnerGone = { readonly forGood: boolean };

const listeners = new Set<(how: OwnerGone) => void>();

/** For whoever keeps something of the owner's; gives the way to stop. */
export function onOwnerGone(listen: (how: OwnerGone) => void): () => void {
  listeners.add(listen);
  return () => void listeners.delete(listen);
}

/** The owner has gone by themselves, and nobody else need learn who it was. */
export function forgetOwner(how: OwnerGone = { forGood: false }): void {
  noteRecoveryCodeUsed(false);
  keep("tab", addressNote, null);
  keep("tab", openNote, null);
  for (const listen of listeners) listen(how);
}

/** The address that was signed in, or was typed, in this tab; empty where there is none. */
export function lastAddress(): string {
  return kept("tab", addressNote) ?? "";
}

/** Whether somebody was signed in here and has not signed out themselves. */
export function useWasSignedIn(): boolean {
  return useKept("tab", openNote) !== null;
}
