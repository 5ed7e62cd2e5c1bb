import type { Ticket } from "@tessera/contracts";
import { useFormats } from "@tessera/ui";
import { useTranslations } from "use-intl";
import { deviceZone } from "../../shared/days.ts";

/** Says how often a ticket may still move, or when it may again. */
export function useMovesText(): (ticket: Pick<Ticket, "activation">) => string {
  const t = useTranslations("shop.paper.device");
  const { date } = useFormats();
  return ({ activation: { movesLeft, movesLimit, nextMoveAt } }) =>
    nextMoveAt === null
      ? t("left", { left: movesLeft, limit: movesLimit })
      : t("none", { limit: movesLimit, date: date(nextMoveAt, deviceZone, "dateTime") });
}
