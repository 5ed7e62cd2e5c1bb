import { Button, Stack } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { beginRegistrationInput } from "@tessera/contracts";
import type { ReactNode } from "react";
import { useLocale, useTranslations } from "use-intl";
import { useTRPC } from "../../app/trpc.ts";
import { EmailField } from "../../forms/EmailField.tsx";
import { FormAlert } from "../../forms/FormAlert.tsx";
import { useZodForm } from "../../forms/use-zod-form.ts";
import { StepTitle } from "../StepTitle.tsx";
import type { PendingRegistration } from "./pending-registration.ts";

type EmailStepProps = {
  /** What was typed before, to be corrected. */
  readonly email: string;
  readonly onBegun: (pending: PendingRegistration) => void;
};

const firstToType = { autoFocus: true };

/** Where the code goes. */
export function EmailStep({ email, onBegun }: EmailStepProps): ReactNode {
  const t = useTranslations("account.register");
  const locale = useLocale();
  const trpc = useTRPC();
  const begin = useMutation(trpc.auth.registration.begin.mutationOptions());
  const { form, onSubmit, pending, failure } = useZodForm(beginRegistrationInput.omit({ locale: true }), {
    initialValues: { email },
    submit: async (values) => {
      const { registrationId } = await begin.mutateAsync({ ...values, locale });
      onBegun({ registrationId, email: values.email });
    },
  });
  return (
    <>
      <StepTitle takesFocus={false} over={t("step", { step: 1 })} text={t("text")}>
        {t("title")}
      </StepTitle>
      <form onSubmit={onSubmit} noValidate>
        <Stack gap="md">
          <FormAlert failure={failure} />
          <EmailField {...form.getInputProps("email")} autoComplete="email" {...firstToType} />
          <Button type="submit" loading={pending}>
            {t("submit")}
          </Button>
        </Stack>
      </form>
    </>
  );
}
