import { useFormats } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { fillPercent } from "./fill.ts";
import { useSayFill } from "./use-say-fill.ts";
import classes from "./cells.module.css";

/** How full something is, in words; the bar below them says the same to the eye. */
export function FillBar({ taken, capacity }: { readonly taken: number; readonly capacity: number }): ReactNode {
  const t = useTranslations("admin.fill");
  const { number } = useFormats();
  const sayFill = useSayFill();
  return (
    <span className={classes.fill}>
      <span className={classes.fillWords}>
        <span>{t("seats", { taken: number(taken), capacity: number(capacity) })}</span>
        <span>{sayFill(taken, capacity)}</span>
      </span>
      <span className={classes.track} aria-hidden>
        <span className={classes.bar} style={{ display: "block", width: `${fillPercent(taken, capacity)}%` }} />
      </span>
    </span>
  );
}
