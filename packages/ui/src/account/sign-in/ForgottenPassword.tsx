import { Button, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { requestPasswordResetInput } from "@tessera/contracts";
import { type ReactNode, useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { useTRPC } from "../../app/trpc.ts";
import { EmailField } from "../../forms/EmailField.tsx";
import { FormAlert } from "../../forms/FormAlert.tsx";
import { useZodForm } from "../../forms/use-zod-form.ts";
import { noteAddress } from "../last-owner.ts";
import { StepLink } from "../StepLink.tsx";
import { StepTitle } from "../StepTitle.tsx";

type ForgottenPasswordProps = { readonly takesFocus: boolean; readonly email: string };

/** Asks for the link by which another password is chosen. What it says is the same whether the address has an account. */
export function ForgottenPassword({ takesFocus, email }: ForgottenPasswordProps): ReactNode {
  const t = useTranslations("account.forgotten");
  const locale = useLocale();
  const trpc = useTRPC();
  const [sentTo, setSentTo] = useState<string | null>(null);
  const request = useMutation(trpc.auth.passwords.requestReset.mutationOptions());
  const { form, onSubmit, pending, failure } = useZodForm(requestPasswordResetInput.omit({ locale: true }), {
    initialValues: { email },
    submit: async (values) => {
      await request.mutateAsync({ ...values, locale });
      noteAddress(values.email);
      setSentTo(values.email);
    },
  });

  if (sentTo !== null) {
    const address = (): ReactNode => <strong>{sentTo}</strong>;
    return (
      <>
        <StepTitle takesFocus text={t.rich("sentText", { email: address })}>
          {t("sentTitle")}
        </StepTitle>
        <Text size="sm" c="dimmed">
          {t("nothing")}
        </Text>
        <StepLink onClick={() => setSentTo(null)}>{t("again")}</StepLink>
      </>
    );
  }
  return (
    <>
      <StepTitle takesFocus={takesFocus || request.isSuccess} text={t("text")}>
        {t("title")}
      </StepTitle>
      <form onSubmit={onSubmit} noValidate>
        <Stack gap="md">
          <FormAlert failure={failure} />
          <EmailField {...form.getInputProps("email")} autoComplete="username" />
          <Button type="submit" loading={pending}>
            {t("submit")}
          </Button>
        </Stack>
      </form>
    </>
  );
}
