import { TextInput, type TextInputProps } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";

type EmailFieldProps = Omit<TextInputProps, "autoComplete" | "label" | "type"> & {
  /** Whether a password manager fills in an account's name, or the browser an address. */
  readonly autoComplete: "username" | "email";
};

/** An address, with the keyboard that it needs. */
export function EmailField(props: EmailFieldProps): ReactNode {
  const t = useTranslations("account.fields");
  return (
    <TextInput
      {...props}
      label={t("email")}
      type="email"
      autoCapitalize="none"
      spellCheck={false}
      required
      withAsterisk={false}
    />
  );
}
