import { Text } from "@mantine/core";
import type { Ticket } from "@tessera/contracts";
import { SettingButton, useFormats } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { deviceZone } from "../../shared/days.ts";
import type { TakingBack } from "./use-take-back.ts";
import classes from "./Offers.module.css";

type FixedTicketProps = {
  readonly ticket: Ticket;
  readonly title: string;
  readonly details: string;
  /** What was wanted of it and could not be. */
  readonly problem: ReactNode;
  /** The server's clock, in milliseconds. */
  readonly now: () => number;
  readonly takingBack: TakingBack;
};

/** A ticket of which nothing can be changed now, and why; one that is offered can be taken back. */
export function FixedTicket({ ticket, title, details, problem, now, takingBack }: FixedTicketProps): ReactNode {
  const t = useTranslations("shop.handOver.offer");
  const fixed = useTranslations("shop.companions.fixed");
  const { date } = useFormats();
  const { holderName: name, handOver, reference } = ticket;
  const { offered } = handOver;
  const dateOf = (at: string): string => date(at, deviceZone, "dateTime");
  const words = (): string => {
    if (offered !== null) return t("offered", { email: offered.email, date: dateOf(offered.expiresAt) });
    if (ticket.state === "admitted") return fixed("admitted", { name });
    if (ticket.blocked) return fixed("blocked");
    const isPast = Date.parse(handOver.closesAt) <= now();
    return isPast ? fixed("closed", { name, date: dateOf(handOver.closesAt) }) : fixed("other", { name });
  };
  return (
    <div className={classes.row}>
      <div className={classes.fact}>
        <Text fw={650}>{title}</Text>
        <span className={classes.details}>{details}</span>
        <Text c="dimmed">{words()}</Text>
        {problem !== null && <Text c="terracotta">{problem}</Text>}
      </div>
      {offered !== null && (
        <div className={classes.action}>
          <SettingButton
            label={t("takeBackOf", { reference, email: offered.email })}
            loading={takingBack.pending === offered.id}
            onClick={() => takingBack.takeBack(offered.id)}
          >
            {t("takeBack")}
          </SettingButton>
        </div>
      )}
    </div>
  );
}
