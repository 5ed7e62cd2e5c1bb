import type { HandOverState, Locale } from "@tessera/contracts";
import type { Database } from "@tessera/db";
import type { Transaction } from "kysely";
import type { CoreContext } from "../../context.ts";
import { appLink, queueMail } from "../../mail/queue-mail.ts";
import {
  type HandOverRow,
  selectAccountsByEmail,
  selectMailTickets,
  selectParties,
  updateOpenHandOvers,
} from "./hand-overs.queries.ts";

type TellContext = Pick<CoreContext, "clock" | "random" | "keyring" | "policy">;
type Ended = Exclude<HandOverState, "offered">;

/**
 * Ends offers that are open, and tells both sides by mail, once for everything that one person had offered to one
 * address. Their tickets are locked by the transaction. Throws if one of them is over.
 *
 * @param end.counting the tickets whose seats count against the receiver's limits from now on
 */
export async function endAndTell(
  ctx: TellContext,
  trx: Transaction<Database>,
  handOvers: readonly HandOverRow[],
  end: { state: Ended; at: Date; counting?: readonly string[] },
): Promise<void> {
  if (handOvers.length === 0) return;
  const ids = handOvers.map(({ id }) => id);
  const ended = await updateOpenHandOvers(trx, ids, { counting: [], ...end });
  // Whoever ends one holds the lock of its ticket, and has looked behind it.
  if (ended.length < new Set(ids).size) throw new Error("an offer has ended behind the lock of its ticket");

  const groups = Map.groupBy(handOvers, (one) => `${one.from_account_id} ${one.to_email}`);
  for (const group of groups.values()) await tellEnd(ctx, trx, group, end.state);
}

/** The offers of one person to one address. */
async function tellEnd(
  ctx: TellContext,
  trx: Transaction<Database>,
  group: readonly HandOverRow[],
  outcome: Ended,
): Promise<void> {
  const [first] = group;
  if (first?.to_email == null) return;
  const { from_account_id: giverId, from_name: giverName, to_email: email } = first;
  const [giver] = await selectParties(trx, [giverId]);
  const tickets = await selectMailTickets(
    trx,
    group.map(({ ticket_id: ticketId }) => ticketId),
  );
  const content = { template: "hand_over_ended" as const, outcome, tickets };
  if (giver !== undefined) {
    const link = appLink(ctx, "shop", "tickets");
    await queueMail(trx, ctx, {
      to: giver.email,
      locale: giver.locale,
      accountId: giver.id,
      content: { ...content, to: "giver", other: email, link },
    });
  }
  const receiver = await findReceiver(trx, email, giver?.locale);
  const link = appLink(ctx, "shop", outcome === "accepted" ? "tickets" : "");
  await queueMail(trx, ctx, { ...receiver, content: { ...content, to: "receiver", other: giverName ?? "", link } });
}

/** Where mails to an address go: in its account's language, and in the giver's where it has none. */
export async function findReceiver(
  trx: Transaction<Database>,
  email: string,
  otherwise: Locale = "fr",
): Promise<{ to: string; locale: Locale; accountId: string | null }> {
  const [account] = await selectAccountsByEmail(trx, [email]);
  return { to: email, locale: account?.locale ?? otherwise, accountId: account?.id ?? null };
}
