import { Button, Stack, Text, Title } from "@mantine/core";
import type { Ticket } from "@tessera/contracts";
import { Pictogram, type StateName, useFormats } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { clockNow } from "../../shared/device-clock.ts";
import { ActivationProblem } from "./ActivationProblem.tsx";
import { MoveTicket } from "./MoveTicket.tsx";
import type { TicketStanding } from "./ticket-standing.ts";
import type { Activation } from "./use-device-keys.ts";

type TicketWithoutCodeProps = {
  readonly ticket: Ticket;
  readonly standing: TicketStanding;
  /** Tickets of the same order that can be activated here, this one among them or not. */
  readonly toActivate: readonly string[];
  readonly activation: Activation;
};

/** Why there is no code on this device, and what brings it here. */
export function TicketWithoutCode({ ticket, standing, toActivate, activation }: TicketWithoutCodeProps): ReactNode {
  const t = useTranslations("shop.ticket");
  const paper = useTranslations("shop.paper");
  const { date } = useFormats();
  const opensOn = date(ticket.activation.opensAt, ticket.competitionSession.timeZone, "dateTime");

  switch (standing) {
    case "not_open":
      return <Notice sign="clock" title={t("notOpenTitle")} text={t("notOpenText", { date: opensOn })} />;
    case "closed":
      return <Notice sign="no" title={t("closedTitle")} text={t("closedText")} />;
    case "cancelled":
      return <Notice sign="no" title={t("cancelledTitle")} text={t("cancelledText")} />;
    case "blocked":
      return <Notice sign="lock" title={t("blockedTitle")} text={t("blockedText")} />;
    case "admitted":
      return <Notice sign="gate" title={t("admittedTitle")} text={t("admittedText")} />;
    case "elsewhere":
      return (
        <Notice sign="phone" title={t("elsewhereTitle")} text={t("elsewhereText")}>
          <ActivationProblem error={activation.error} />
          <MoveTicket
            ticket={ticket}
            from="device"
            pending={activation.pending}
            onMove={() => activation.activate([ticket.id])}
          />
        </Notice>
      );
    case "paper": {
      const nowMs = clockNow().serverMs;
      const { opensAt, closesAt } = ticket.activation;
      return (
        <Notice sign="ticket" title={paper("paperTitle")} text={paper("paperText")}>
          <ActivationProblem error={activation.error} />
          {nowMs < Date.parse(opensAt) && <Text>{paper("toPhoneFrom", { date: opensOn })}</Text>}
          {nowMs >= Date.parse(opensAt) && nowMs < Date.parse(closesAt) && (
            <MoveTicket
              ticket={ticket}
              from="paper"
              pending={activation.pending}
              onMove={() => activation.activate([ticket.id])}
            />
          )}
        </Notice>
      );
    }
    // Also `here`, which without its key cannot be: the standing is made from the key.
    default:
      return (
        <Notice
          sign="key"
          title={standing === "unfinished" ? t("unfinishedTitle") : t("activateTitle")}
          text={standing === "unfinished" ? t("unfinishedText") : t("activateText")}
        >
          <ActivationProblem error={activation.error} />
          <Button loading={activation.pending} onClick={() => activation.activate(toActivate)}>
            {standing === "unfinished"
              ? t("finish")
              : ticket.orderId === null && toActivate.length > 1
                ? paper("activateTogether", { count: toActivate.length })
                : t("activateAll", { count: toActivate.length })}
          </Button>
          {toActivate.length > 1 && (
            <Button
              variant="subtle"
              color="ink"
              disabled={activation.pending}
              onClick={() => activation.activate([ticket.id])}
            >
              {t("activateOne")}
            </Button>
          )}
        </Notice>
      );
  }
}

type NoticeProps = {
  readonly sign: StateName;
  readonly title: string;
  readonly text: string;
  readonly children?: ReactNode;
};

function Notice({ sign, title, text, children }: NoticeProps): ReactNode {
  return (
    <Stack gap="md">
      <Pictogram name={sign} size={60} />
      <Title order={2} size="h3">
        {title}
      </Title>
      <Text>{text}</Text>
      {children}
    </Stack>
  );
}
