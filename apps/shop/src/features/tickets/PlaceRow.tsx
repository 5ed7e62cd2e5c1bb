import type { Ticket } from "@tessera/contracts";
import { SettingRow } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useMovesText } from "./use-moves-text.ts";

/** Why a ticket lives in one place, and how often that may still be another. */
export function PlaceRow({ ticket }: { readonly ticket: Ticket }): ReactNode {
  const t = useTranslations("shop.paper.device");
  const movesText = useMovesText();
  return <SettingRow name={t("name")} value={`${t("why")} ${movesText(ticket)}`} />;
}
