import { apiErrorOf } from "@tessera/client";
import { useMoment } from "@tessera/ui";
import { useTranslations } from "use-intl";

/** Says to a new admin from when on they may take part in a reset of a second factor. */
export function useTooNew(): (error: unknown) => string | undefined {
  const t = useTranslations("admin.staff");
  const moment = useMoment();
  return (error) => {
    if (error === null) return undefined;
    const { errorCode, details } = apiErrorOf(error);
    const { from } = details;
    return errorCode === "second_admin_required" && typeof from === "string"
      ? t("tooNew", { from: moment(from) })
      : undefined;
  };
}
