import { Badge } from "@mantine/core";
import type { ScannerView } from "@tessera/contracts";
import { Pictogram, type StateName, useFormats } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTimeZone, useTranslations } from "use-intl";
import { useSayAgo } from "../../shared/use-say-ago.ts";
import { type Standing as Standings, standingOf } from "./contact.ts";
import cells from "../../shared/cells.module.css";

type Sign = { readonly colour: "laurel" | "ochre" | "ink" | "terracotta"; readonly pictogram: StateName };

const signs: Record<Standings, Sign> = {
  invited: { colour: "ink", pictogram: "clock" },
  claimed: { colour: "ochre", pictogram: "look" },
  inContact: { colour: "laurel", pictogram: "ok" },
  away: { colour: "ochre", pictogram: "offline" },
  neverSeen: { colour: "ink", pictogram: "offline" },
  expired: { colour: "ink", pictogram: "clock" },
  refused: { colour: "terracotta", pictogram: "no" },
  revoked: { colour: "terracotta", pictogram: "no" },
};

/** How a tablet stands, in a word with a sign, and since when. */
export function Standing({ tablet, now }: { readonly tablet: ScannerView; readonly now: number }): ReactNode {
  const t = useTranslations("admin.gate.tablets");
  const standing = standingOf(tablet, now);
  const { colour, pictogram } = signs[standing];
  const since = useSince(tablet, now);
  return (
    <span className={cells.cell}>
      <Badge variant="light" color={colour} miw="max-content" leftSection={<Pictogram name={pictogram} size={12} />}>
        {t(`states.${standing}`)}
      </Badge>
      {since !== null && <span className={cells.second}>{since}</span>}
    </span>
  );
}

function useSince({ state, lastContactAt, codeExpiresAt, revokedAt }: ScannerView, now: number): string | null {
  const t = useTranslations("admin.gate.tablets");
  const { date } = useFormats();
  const timeZone = useTimeZone() ?? "UTC";
  const ago = useSayAgo();
  if (state === "invited") return t("until", { time: date(codeExpiresAt, timeZone, "time") });
  if (state === "revoked")
    return revokedAt === null ? null : t("revokedAt", { time: date(revokedAt, timeZone, "moment") });
  return lastContactAt === null ? null : t("seen", { ago: ago(lastContactAt, now) });
}
