import { Button } from "@mantine/core";
import type { ListProblem } from "@tessera/scanner-core";
import { EmptyState } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { remedyOf } from "./describe-list-problem.ts";
import { ReloadButton } from "./ListAlert.tsx";
import classes from "./ListAlert.module.css";

type RefusedListProps = {
  readonly problem: ListProblem;
  readonly onRetry: () => void;
  /** Another way on. */
  readonly action: ReactNode;
};

/** The first list was refused: without one no gate opens. */
export function RefusedList({ problem, onRetry, action }: RefusedListProps): ReactNode {
  const t = useTranslations("scanner");
  const remedy = remedyOf(problem);
  return (
    <div role="alert" className={classes.page}>
      <EmptyState
        pictogram="warning"
        title={t("list.refusedTitle")}
        text={`${t(`list.problem.${problem}`)} ${t(`list.remedy.${remedy}`)}`}
        action={
          <>
            {remedy === "update" ? <ReloadButton /> : <Button onClick={onRetry}>{t("verdict.retry")}</Button>}
            {action}
          </>
        }
      />
    </div>
  );
}
