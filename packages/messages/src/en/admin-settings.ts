import type { salesSettings as french } from "../fr/admin-settings.ts";
import type { Translation } from "../translation.ts";

/** What holds for all sales. */
export const salesSettings: Translation<typeof french> = {
  title: "Sales settings",
  lead: "They hold for what is reserved and sold from the moment they are saved. Tickets that are sold keep their tax.",
  limitsLegend: "Tickets an account, at most",
  limitsHint: "Bought, reserved or received. From 1 to 1,000.",
  games: "For the whole Games",
  competitionSession: "For a session",
  ceremony: "For a ceremony",
  taxLegend: "Tax",
  taxRate: "Rate, in percent of the price without it",
  taxHint: "From 0 to 50, for example 5.50. The prices that are shown include it.",
  percent: "%",
  save: "Save",
  saved: "Saved. The shop is up to date within a second.",
  unreadable: "Write a rate from 0 to 50, with two decimals at most.",
  inconsistent: "The whole Games must allow at least as many as a session and a ceremony.",
  noneTitle: "No Games yet",
  noneText: "Import a programme first: these settings are its own.",
  conflict: {
    title: "Somebody else has changed these settings",
    text: "What you typed is still here, and not saved yet.",
    fields: {
      games: "For the whole Games: {before}, now {after}",
      competitionSession: "For a session: {before}, now {after}",
      ceremony: "For a ceremony: {before}, now {after}",
      taxRate: "Tax: {before}%, now {after}%",
    },
  },
};
