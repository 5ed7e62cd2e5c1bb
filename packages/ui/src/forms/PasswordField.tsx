import { PasswordInput, type PasswordInputProps } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Pictogram } from "../pictograms/Pictogram.tsx";

export type PasswordFieldProps = Omit<PasswordInputProps, "autoComplete"> & {
  /** Whether a password manager fills in what it knows, or offers to make one. */
  readonly autoComplete: "current-password" | "new-password";
};

function VisibilityPictogram({ reveal }: { readonly reveal: boolean }): ReactNode {
  return <Pictogram name={reveal ? "hide" : "show"} size={18} />;
}

/** A password, which can be pasted and shown. */
export function PasswordField(props: PasswordFieldProps): ReactNode {
  const t = useTranslations("account.fields");
  const [visible, { toggle }] = useDisclosure(false);
  return (
    <PasswordInput
      {...props}
      visible={visible}
      onVisibilityChange={toggle}
      visibilityToggleIcon={VisibilityPictogram}
      visibilityToggleFocusable
      visibilityToggleButtonProps={{ "aria-label": t(visible ? "hidePassword" : "showPassword") }}
      spellCheck={false}
      autoCapitalize="none"
    />
  );
}
