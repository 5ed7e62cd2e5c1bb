import { keep, useKept } from "../kept.ts";

const usedNote = "recovery-code-used";
const shownNote = (accountId: string): string => `codes-not-kept.${accountId}`;

/** Whoever needs a recovery code has likely lost a phone, and should hear what to do about it. */
export function noteRecoveryCodeUsed(used: boolean): void {
  keep("tab", usedNote, used ? "yes" : null);
}

export function useRecoveryCodeUsed(): boolean {
  return useKept("tab", usedNote) !== null;
}

/** Codes are on the screen; until their owner says that they are kept, they may be lost with the page. */
export function noteCodesShown(accountId: string): void {
  keep("browser", shownNote(accountId), "yes");
}

export function noteCodesKept(accountId: string): void {
  keep("browser", shownNote(accountId), null);
}

/** Whether codes were shown here that nobody has said to have kept. */
export function useCodesNotKept(accountId: string): boolean {
  return useKept("browser", shownNote(accountId)) !== null;
}
