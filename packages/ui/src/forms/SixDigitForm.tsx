import { totpInput } from "@tessera/contracts";
import type { ReactNode } from "react";
import { CodeForm, type CodeFormProps } from "./CodeForm.tsx";
import classes from "./SixDigitForm.module.css";

type SixDigitFormProps = Pick<CodeFormProps, "submitLabel" | "submit" | "wrongCode"> & {
  readonly label: string;
  readonly hint: string;
  /** The code is the first thing to do on this page. */
  readonly focused?: boolean;
};

/** Six digits: typed, pasted (with spaces too) or filled in by the browser. They are sent when the last one is there. */
export function SixDigitForm({ label, hint, focused = false, ...form }: SixDigitFormProps): ReactNode {
  return (
    <CodeForm
      {...form}
      schema={totpInput}
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
