import { z } from "zod";

const purchaseLimit = z.int().min(1).max(1000);

/** Seats an account may hold or have bought: in all, for one competition session, for one ceremony. */
export const purchaseLimits = z.object({
  games: purchaseLimit,
  competitionSession: purchaseLimit,
  ceremony: purchaseLimit,
});
export type PurchaseLimits = z.infer<typeof purchaseLimits>;

/** Whether what the whole Games allow is at least what a competition session and a ceremony allow. */
export const limitsFit = ({ games, competitionSession, ceremony }: PurchaseLimits): boolean =>
  games >= competitionSession && games >= ceremony;
