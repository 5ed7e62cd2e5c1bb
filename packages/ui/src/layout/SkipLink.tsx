import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import classes from "./SkipLink.module.css";

/** The first stop of the Tab key: past the header, to the page's own content. */
export function SkipLink({ target }: { readonly target: string }): ReactNode {
  const t = useTranslations("common.header");
  return (
    <a className={classes.link} href={`#${target}`}>
      {t("skipToContent")}
    </a>
  );
}
