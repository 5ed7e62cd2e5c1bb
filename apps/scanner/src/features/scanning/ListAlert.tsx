import { Button } from "@mantine/core";
import type { ListProblem } from "@tessera/scanner-core";
import { Pictogram } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { remedyOf } from "./describe-list-problem.ts";
import classes from "./ListAlert.module.css";

/** A newer list came and was not taken: why, and what to do. The gate goes on by the one before. */
export function ListAlert({ problem }: { readonly problem: ListProblem }): ReactNode {
  const t = useTranslations("scanner.list");
  const remedy = remedyOf(problem);
  return (
    <div role="alert" className={classes.alert}>
      <Pictogram name="warning" size={24} />
      <p className={classes.text}>
        <strong>{t("refused")}</strong> {t(`problem.${problem}`)} {t(`remedy.${remedy}`)}
      </p>
      {remedy === "update" && <ReloadButton />}
    </div>
  );
}

/** Fetches the app anew. */
export function ReloadButton(): ReactNode {
  const t = useTranslations("common.states");
  return <Button onClick={() => location.reload()}>{t("reload")}</Button>;
}
