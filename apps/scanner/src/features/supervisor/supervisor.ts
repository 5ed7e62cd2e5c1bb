import type { ReactNode } from "react";

/** A supervisor or admin with an open shift on this tablet. */
export type Supervisor = {
  readonly shiftId: string;
  readonly displayName: string;
  /** How many times in this shift they may still decide against the screen. */
  readonly overridesLeft: number;
};

/** The pad of six digits; it belongs to the shift, and the page hands it in. */
export type RenderPin = (pad: {
  readonly label: string;
  readonly busy: boolean;
  readonly onPin: (pin: string) => void;
}) => ReactNode;

/** What came of a PIN. */
export type PinAnswer = "done" | "wrong_pin" | "none_left" | "failed";

/** As long as a record's note may be. */
export const longestNote = 200;

/** Why a supervisor lets somebody through, or sends them away, against the screen. All but the last say enough. */
export const overrideReasons = {
  admit: ["identity", "list_wrong", "group", "gate_closed", "other"],
  refuse: ["not_holder", "behaviour", "object", "other"],
} as const;
export type OverrideReason = (typeof overrideReasons)["admit" | "refuse"][number];

/** What the record says: the reason in the words of the screen, and what was typed beside it; at most `longestNote`. */
export function noteOf(reason: string | null, text: string): string {
  const typed = text.trim().replaceAll(/\s+/g, " ");
  const parts = [reason, typed].filter((part) => part !== null && part !== "");
  return parts.join(" · ").slice(0, longestNote);
}

/** By how many minutes a clock is off, whichever way: one at least, since nobody proposes less. */
export const minutesOff = (correctionMs: number): number => Math.max(1, Math.round(Math.abs(correctionMs) / 60_000));
