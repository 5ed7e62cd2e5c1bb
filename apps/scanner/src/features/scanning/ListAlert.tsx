import { Button } from "@mantine/core";
import type { ListProblem } from "@tessera/scanner-core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Banner } from "./Banner.tsx";
import { remedyOf } from "./describe-list-problem.ts";

/** A newer list came and was not taken: why, and what to do. The gate goes on by the one before. */
export function ListAlert({ problem }: { readonly problem: ListProblem }): ReactNode {
  const t = useTranslations("scanner.list");
  const remedy = remedyOf(problem);
  return (
    <Banner tone="warning" title={t("refused")} action={remedy === "update" && <ReloadButton />}>
      {t(`problem.${problem}`)} {t(`remedy.${remedy}`)}
    </Banner>
  );
}

/** Fetches the app anew. */
export function ReloadButton(): ReactNode {
  const t = useTranslations("common.states");
  return <Button onClick={() => location.reload()}>{t("reload")}</Button>;
}
