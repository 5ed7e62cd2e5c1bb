import { Group, Text, VisuallyHidden } from "@mantine/core";
import { passwordLength, passwordMinLength } from "@tessera/contracts";
import type { PasswordHint, PasswordStrength } from "@tessera/contracts/password-strength";
import { type FocusEvent, type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { PasswordField, type PasswordFieldProps } from "./PasswordField.tsx";
import { StrengthBar } from "./StrengthBar.tsx";
import { loadEstimator, usePasswordStrength } from "./use-password-strength.ts";

type NewPasswordFieldProps = Omit<PasswordFieldProps, "autoComplete" | "value" | "label"> & {
  /** From the form; empty at the start. */
  readonly value?: string;
  readonly label?: string;
  /** What is known of the person, such as the address and the name: it makes a password easy to guess. */
  readonly known: readonly string[];
};

/** A password that is being chosen, and how far it has come: its length, then how hard it is to guess. */
export function NewPasswordField({
  known,
  value = "",
  label,
  onFocus,
  onBlur,
  ...props
}: NewPasswordFieldProps): ReactNode {
  const t = useTranslations("account");
  const [left, setLeft] = useState(false);
  const strength = usePasswordStrength(value, known);
  const length = passwordLength(value);
  // What the field says of it already is not said twice.
  const words =
    Boolean(props.error) && length >= passwordMinLength
      ? ""
      : length < passwordMinLength
        ? t("fields.passwordLength", { count: length })
        : strength === null
          ? t("strength.long")
          : strength.guessable
            ? t(`strength.${hintOf(strength)}`)
            : t(`strength.${praise[strength.score] ?? "enough"}`);
  return (
    <div>
      <PasswordField
        description={t("fields.passwordHint")}
        required
        withAsterisk={false}
        {...props}
        label={label ?? t("fields.newPassword")}
        value={value}
        autoComplete="new-password"
        onFocus={(event: FocusEvent<HTMLInputElement>) => {
          setLeft(false);
          // Offline there is no estimate; it is asked for again with the next key.
          loadEstimator().catch(() => undefined);
          onFocus?.(event);
        }}
        onBlur={(event: FocusEvent<HTMLInputElement>) => {
          setLeft(true);
          onBlur?.(event);
        }}
      />
      <Group gap="xs" mt={6} aria-hidden wrap="nowrap" align="center">
        <StrengthBar score={strength?.guessable === true ? 1 : (strength?.score ?? 0)} />
        <Text size="sm" c="dimmed" className="tabular" lh={1.3}>
          {words}
        </Text>
      </Group>
      {/* Read out once, when the field is left: a voice at every key would be unbearable. */}
      <VisuallyHidden role="status">{left && value !== "" && words}</VisuallyHidden>
    </div>
  );
}

const praise: Readonly<Partial<Record<number, "enough" | "good" | "best">>> = { 2: "enough", 3: "good", 4: "best" };

/** One that is long enough is never too short. */
const hintOf = ({ hint }: PasswordStrength): Exclude<PasswordHint, "short" | null> =>
  hint === null || hint === "short" ? "add_words" : hint;
