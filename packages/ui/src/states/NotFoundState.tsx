import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { EmptyState } from "./EmptyState.tsx";

/** An address that leads nowhere. `action` is the way home. */
export function NotFoundState({ action }: { readonly action: ReactNode }): ReactNode {
  const t = useTranslations("common.states");
  return <EmptyState pictogram="place" title={t("notFoundTitle")} text={t("notFoundText")} action={action} />;
}
