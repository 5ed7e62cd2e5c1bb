import { Alert } from "@mantine/core";
import { Pictogram } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";

/** The page was left or loaded anew before the answer came: that is no reason to fear, and one can go on. */
export function UnansweredNotice(): ReactNode {
  const t = useTranslations("shop.basket");
  return (
    <Alert color="ochre" icon={<Pictogram name="clock" size={18} />}>
      {t("unanswered")}
    </Alert>
  );
}
