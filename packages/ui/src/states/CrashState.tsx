import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { EmptyState } from "./EmptyState.tsx";

/** The app has stopped on a fault of ours. */
export function CrashState(): ReactNode {
  const t = useTranslations("common.states");
  return (
    <EmptyState
      pictogram="warning"
      title={t("crashTitle")}
      text={t("crashText")}
      action={<Button onClick={() => location.reload()}>{t("reload")}</Button>}
    />
  );
}
