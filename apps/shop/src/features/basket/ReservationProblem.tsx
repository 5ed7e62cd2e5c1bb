import { Alert, Text } from "@mantine/core";
import { apiErrorOf } from "@tessera/client";
import { Pictogram, useDisciplineName, useErrorMessage, useFormats } from "@tessera/ui";
import { type ReactNode, useEffect, useRef } from "react";
import { useTranslations } from "use-intl";
import type { BasketLine } from "../../shared/basket/basket.ts";
import { useLineName } from "../../shared/basket/use-line-name.ts";

type ReservationProblemProps = { readonly error: unknown; readonly lines: readonly BasketLine[] };

/** Why nothing was reserved, and what to do; it takes the focus, so that it is in view and read out. */
export function ReservationProblem({ error, lines }: ReservationProblemProps): ReactNode {
  const common = useTranslations("common.states");
  const sentenceOf = useProblemSentence(lines);
  const alert = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (error !== null) alert.current?.focus();
  }, [error]);

  if (error === null) return null;
  const { errorCode, requestId } = apiErrorOf(error);
  return (
    <Alert
      ref={alert}
      role="alert"
      tabIndex={-1}
      color={errorCode === "price_changed" ? "ochre" : "terracotta"}
      icon={<Pictogram name="warning" size={18} />}
    >
      {sentenceOf(error)}
      {errorCode === "internal" && requestId !== "" && <Text size="xs">{common("requestId", { id: requestId })}</Text>}
    </Alert>
  );
}

function sessionIn(lines: readonly BasketLine[], id: string | number | undefined) {
  return lines
    .flatMap(({ entries }) => entries)
    .map(({ competitionSession }) => competitionSession)
    .find((competitionSession) => competitionSession.id === id);
}

function useProblemSentence(lines: readonly BasketLine[]): (error: unknown) => string {
  const t = useTranslations("shop.basket");
  const lineName = useLineName();
  const disciplineName = useDisciplineName();
  const errorMessage = useErrorMessage();
  const { price } = useFormats();
  return (error) => {
    const { errorCode, details } = apiErrorOf(error);
    const line = lines.find(({ offerId }) => offerId === details["offerId"]);
    const limit = Number(details["limit"]);
    switch (errorCode) {
      case "sold_out":
        return line === undefined ? t("soldOutSome") : t("soldOut", { name: lineName(line) });
      case "offer_withdrawn":
        return line === undefined ? errorMessage(error) : t("withdrawn", { name: lineName(line) });
      case "offer_not_on_sale":
        return line === undefined ? errorMessage(error) : t("notOnSale", { name: lineName(line) });
      case "price_changed": {
        const cents = Number(details["priceCents"]);
        if (line === undefined || Number.isNaN(cents)) return errorMessage(error);
        return t("priceChanged", { name: lineName(line), price: price(cents, line.currency) });
      }
      case "limit_reached": {
        if (Number.isNaN(limit)) return errorMessage(error);
        const has = Number(details["has"] ?? 0);
        if (details["scope"] === "games") return t("limitGames", { limit, has });
        if (details["scope"] === "offer") {
          return line === undefined ? errorMessage(error) : t("limitOffer", { limit, name: lineName(line) });
        }
        const session = sessionIn(lines, details["competitionSessionId"]);
        if (session === undefined) return errorMessage(error);
        const name = `${disciplineName(session)} ${session.code}`;
        return t(details["scope"] === "ceremony" ? "limitCeremony" : "limitSession", { limit, has, session: name });
      }
      case "unavailable":
      case "request_under_way":
      case "internal":
        return t("uncertain");
      default:
        return errorMessage(error);
    }
  };
}
