import { Button, Stack, TextInput } from "@mantine/core";
import { totpInput } from "@tessera/contracts";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { FormAlert } from "./FormAlert.tsx";
import { useZodForm } from "./use-zod-form.ts";
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
  const { form, onSubmit, pending, failure } = useZodForm(totpInput, {
    initialValues: { code: "" },
    submit: ({ code }) => submit(code),
    fieldOfError: { wrong_code: "code", code_already_used: "code" },
  });
  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack gap="md">
        <FormAlert failure={failure} />
        <TextInput
          {...form.getInputProps("code")}
          label={t("label")}
          description={t("hint")}
          inputMode="numeric"
          autoComplete="one-time-code"
          data-autofocus={focused || undefined}
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- the code is all that this page asks for
          autoFocus={focused}
          spellCheck={false}
          required
          withAsterisk={false}
          classNames={{ input: classes.code ?? "" }}
        />
        <Button type="submit" loading={pending}>
          {submitLabel}
        </Button>
      </Stack>
    </form>
  );
}
