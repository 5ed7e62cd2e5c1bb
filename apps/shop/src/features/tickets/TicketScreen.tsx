import { ActionIcon } from "@mantine/core";
import type { Ticket } from "@tessera/contracts";
import { Pictogram, useFormats, useOfferName } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Facts } from "../../shared/Facts.tsx";
import { TextLink } from "../../shared/links.tsx";
import { SessionLine } from "../../shared/SessionLine.tsx";
import { CodeNotes } from "./CodeNotes.tsx";
import type { DeviceKey } from "./device-keys.ts";
import { LiveTicketCode } from "./LiveTicketCode.tsx";
import { OfflineSign } from "./OfflineSign.tsx";
import type { TicketStanding } from "./ticket-standing.ts";
import { TicketWithoutCode } from "./TicketWithoutCode.tsx";
import type { Activation } from "./use-device-keys.ts";
import { useLeafing } from "./use-leafing.ts";
import classes from "./TicketScreen.module.css";

type TicketScreenProps = {
  readonly ticket: Ticket;
  /** The tickets to leaf through, this one among them. */
  readonly together: readonly Ticket[];
  readonly standing: TicketStanding;
  readonly deviceKey: DeviceKey | undefined;
  /** Which of them can be activated here at once. */
  readonly toActivate: readonly string[];
  readonly activation: Activation;
  /** The server's clock, in milliseconds. */
  readonly now: () => number;
  /** The server does not answer, or there is no network. */
  readonly offline: boolean;
  readonly onGoTo: (ticketId: string) => void;
};

/** A ticket as it is held out at the gate, with the others of its order a swipe away. */
export function TicketScreen(props: TicketScreenProps): ReactNode {
  const { ticket, together, standing, deviceKey, toActivate, activation, now, offline, onGoTo } = props;
  const t = useTranslations("shop.ticket");
  const index = together.findIndex(({ id }) => id === ticket.id);
  const goTo = (target: Ticket | undefined): (() => void) | null =>
    target === undefined ? null : () => onGoTo(target.id);
  const shownKey = standing === "here" ? deviceKey : undefined;
  const [previous, next] = [goTo(together[index - 1]), goTo(together[index + 1])];
  const swipe = useLeafing({ previous, next });

  return (
    <div className={classes.screen} {...swipe}>
      <div className={classes.code}>
        {shownKey !== undefined ? (
          <LiveTicketCode key={ticket.id} ticket={ticket} deviceKey={shownKey} now={now} />
        ) : (
          <TicketWithoutCode
            key={ticket.id}
            ticket={ticket}
            standing={standing}
            toActivate={toActivate}
            activation={activation}
          />
        )}
        {offline && <OfflineSign shows={shownKey === undefined ? "ticketWithoutCode" : "ticket"} />}
        {together.length > 1 && (
          <div className={classes.leafing}>
            <ActionIcon aria-label={t("previous")} disabled={previous === null} onClick={() => previous?.()}>
              <Pictogram name="previous" size={18} />
            </ActionIcon>
            <span className="tabular" aria-live="polite">
              {t("position", { position: index + 1, count: together.length })}
            </span>
            <ActionIcon aria-label={t("next")} disabled={next === null} onClick={() => next?.()}>
              <Pictogram name="next" size={18} />
            </ActionIcon>
          </div>
        )}
      </div>
      <TicketFacts ticket={ticket} />
      {shownKey !== undefined && (
        <CodeNotes key={ticket.id} ticket={ticket} deviceKey={shownKey} now={now} offline={offline} />
      )}
    </div>
  );
}

function TicketFacts({ ticket }: { readonly ticket: Ticket }): ReactNode {
  const t = useTranslations("shop.ticket");
  const offerName = useOfferName();
  const { date } = useFormats();
  const { competitionSession } = ticket;
  const { code, gatesOpenAt, timeZone } = competitionSession;
  return (
    <div className={classes.facts}>
      <SessionLine
        competitionSession={competitionSession}
        renderName={(name) => (
          <TextLink to="/sessions/$code" params={{ code }} c="inherit">
            {name}
          </TextLink>
        )}
      />
      <Facts
        facts={[
          { name: t("holder"), value: <strong>{ticket.holderName}</strong> },
          { name: t("category"), value: ticket.category },
          { name: t("gates"), value: t("gatesFrom", { time: date(gatesOpenAt, timeZone, "dateTime") }) },
          { name: t("offer"), value: offerName(ticket) },
          { name: t("zone"), value: ticket.zone },
          // What was kept on the device before tickets had one has none.
          ...(ticket.gate ? [{ name: t("gate"), value: gateName(ticket.gate) }] : []),
          { name: t("reference"), value: <span className="tabular">{ticket.reference}</span> },
        ]}
      />
      {ticket.orderId !== null && (
        <TextLink to="/orders/$orderId" params={{ orderId: ticket.orderId }}>
          {t("toOrder")}
        </TextLink>
      )}
    </div>
  );
}

/** The code that stands above the gate, and its name where that says more. */
function gateName({ code, name }: NonNullable<Ticket["gate"]>): string {
  return name === code ? code : `${code} · ${name}`;
}
