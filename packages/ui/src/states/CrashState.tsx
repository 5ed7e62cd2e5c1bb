import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { EmptyState } from "./EmptyState.tsx";

/** What nobody expected. A new start is the only way on that always works: the page's own state may be what is wrong. */
export function CrashState(): ReactNode {
  const t = useTranslations("common.states");
  return (
    <div role="alert">
      <EmptyState
        pictogram="warning"
        title={t("crashTitle")}
        text={t("crashText")}
        action={<Button onClick={() => location.reload()}>{t("reload")}</Button>}
      />
    </div>
  );
}
