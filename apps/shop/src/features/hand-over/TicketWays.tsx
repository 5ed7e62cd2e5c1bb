import type { Ticket } from "@tessera/contracts";
import { SettingsSection } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { CompanionRow } from "./CompanionRow.tsx";
import { HandOverRow } from "./HandOverRow.tsx";

type TicketWaysProps = {
  readonly ticket: Ticket;
  /** Who the visitor has it from, if somebody else bought it. */
  readonly giver: string | undefined;
  /** The server's clock, in milliseconds. */
  readonly now: () => number;
  /** More rows: where the ticket lives. */
  readonly children: ReactNode;
};

/** What can be done with a ticket that nobody has gone in with. Nothing for one that opens no gate any more. */
export function TicketWays({ ticket, giver, now, children }: TicketWaysProps): ReactNode {
  const t = useTranslations("shop.paper");
  const handOver = useTranslations("shop.handOver.ticket");
  if (ticket.state !== "issued" || ticket.blocked) return null;
  return (
    <SettingsSection title={t("ways")} {...(giver === undefined ? {} : { lead: handOver("from", { giver }) })}>
      <CompanionRow ticket={ticket} now={now} />
      <HandOverRow ticket={ticket} now={now} />
      {children}
    </SettingsSection>
  );
}
