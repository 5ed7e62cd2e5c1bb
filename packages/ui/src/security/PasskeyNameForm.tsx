import { Button, Stack, TextInput } from "@mantine/core";
import { passkeyName, passkeyNameMaxLength } from "@tessera/contracts";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { z } from "zod";
import { PasskeyAlert } from "../account/factors/PasskeyButton.tsx";
import { useZodForm } from "../forms/use-zod-form.ts";

const nameForm = z.object({ name: passkeyName });

type PasskeyNameFormProps = {
  readonly initialName: string;
  /** What it is for, above the field. */
  readonly children?: ReactNode;
  readonly submitLabel: string;
  /** Gets the name as the schema leaves it; what it throws is shown. */
  readonly submit: (name: string) => Promise<void>;
};

/** What a passkey is called: a new one, or one that is there. */
export function PasskeyNameForm({ initialName, children, submitLabel, submit }: PasskeyNameFormProps): ReactNode {
  const t = useTranslations("security.passkeys");
  const { form, onSubmit, pending, failure } = useZodForm(nameForm, {
    initialValues: { name: initialName },
    submit: ({ name }) => submit(name),
  });
  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack gap="md">
        <PasskeyAlert failure={failure} />
        {children}
        <TextInput
          {...form.getInputProps("name")}
          label={t("name")}
          maxLength={passkeyNameMaxLength}
          autoComplete="off"
          required
          withAsterisk={false}
          data-autofocus
        />
        <Button type="submit" loading={pending}>
          {submitLabel}
        </Button>
      </Stack>
    </form>
  );
}
