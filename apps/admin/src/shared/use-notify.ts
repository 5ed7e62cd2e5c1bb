import { notifications } from "@mantine/notifications";
import { useTranslations } from "use-intl";

/** Says in passing what has been done. */
export function useNotify(): (message: string) => void {
  const t = useTranslations("common.actions");
  return (message) => {
    notifications.show({ message, color: "laurel", closeButtonProps: { "aria-label": t("close") } });
  };
}
