import { Button } from "@mantine/core";
import type { ErrorComponentProps } from "@tanstack/react-router";
import { ErrorState } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";

/** What nobody expected. A new start is the only way on that always works: the page's own state may be what is wrong. */
export function CrashPage({ error }: ErrorComponentProps): ReactNode {
  const t = useTranslations("common.states");
  return (
    <ErrorState
      error={error}
      title={t("crashTitle")}
      action={<Button onClick={() => window.location.reload()}>{t("reload")}</Button>}
    />
  );
}
