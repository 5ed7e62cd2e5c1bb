import { totpInput } from "@tessera/contracts";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { CodeForm } from "./CodeForm.tsx";
import classes from "./TotpForm.module.css";

type TotpFormProps = {
  readonly submitLabel: string;
  /** Gets the six digits; what it throws is shown. */
  readonly submit: (code: string) => Promise<unknown>;
  /** The code is the first thing to do on this page. */
  readonly focused?: boolean;
};

/** Six digits from the authenticator app: typed, pasted (with spaces too) or filled in by the browser. */
export function TotpForm({ submitLabel, submit, focused = false }: TotpFormProps): ReactNode {
  const t = useTranslations("common.code");
  return (
    <CodeForm
      schema={totpInput}
      submitLabel={submitLabel}
      submit={submit}
      field={{
        label: t("label"),
        description: t("hint"),
        inputMode: "numeric",
        autoComplete: "one-time-code",
        // A dialog asks for the first, a page for the second.
        "data-autofocus": focused || undefined,
        autoFocus: focused,
        classNames: { input: classes.code ?? "" },
      }}
    />
  );
}
