import { Alert } from "@mantine/core";
import { Pictogram, useAuthState } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";

/** For who comes by the mail's link and is not signed in: what waits behind the door, and for which address. */
export function StrangerNotice(): ReactNode {
  const t = useTranslations("shop.handOver.received");
  const { data: auth } = useAuthState();
  if (auth === undefined || auth.state === "signed_in") return null;
  return (
    <Alert title={t("strangerTitle")} color="sky" icon={<Pictogram name="ticket" size={18} />} mb="lg">
      {t("strangerText")}
    </Alert>
  );
}
