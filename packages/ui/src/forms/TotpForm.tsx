import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { SixDigitForm } from "./SixDigitForm.tsx";

type TotpFormProps = {
  readonly submitLabel: string;
  /** Gets the six digits; what it throws is shown. */
  readonly submit: (code: string) => Promise<unknown>;
  /** The code is the first thing to do on this page. */
  readonly focused?: boolean;
};

/** The code that the authenticator app shows. */
export function TotpForm(props: TotpFormProps): ReactNode {
  const t = useTranslations("common.code");
  const verify = useTranslations("account.verify");
  return <SixDigitForm {...props} label={t("label")} hint={t("hint")} wrongCode={verify("wrongCode")} />;
}
