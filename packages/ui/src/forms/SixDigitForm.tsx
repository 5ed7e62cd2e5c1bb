import { totpInput } from "@tessera/contracts";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { z } from "zod";
import { CodeForm, type CodeFormProps } from "./CodeForm.tsx";
import classes from "./SixDigitForm.module.css";

type SixDigitFormProps = Pick<CodeFormProps, "submitLabel" | "submit" | "wrongCode"> & {
  readonly label: string;
  readonly hint: string;
  /** The code is the first thing to do on this page. */
  readonly focused?: boolean;
};

/** Digits in full width, as keyboards for Chinese and Japanese write them, are digits (Unicode NFKC). */
const sixDigits = z.object({
  code: z
    .string()
    .transform((text) => text.normalize("NFKC"))
    .refine((code) => totpInput.safeParse({ code }).success, "six_digits"),
});

/** Six digits: typed, pasted (with spaces too) or filled in by the browser. They are sent when the last one is there. */
export function SixDigitForm({ label, hint, focused = false, ...form }: SixDigitFormProps): ReactNode {
  const t = useTranslations("common.code");
  return (
    <CodeForm
      {...form}
      schema={sixDigits}
      customIssues={{ six_digits: t("invalid") }}
      digits={6}
      field={{
        label,
        description: hint,
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
