import { Button, Stack } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { apiErrorOf } from "@tessera/client";
import { resetPasswordInput } from "@tessera/contracts";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useTRPC } from "../../app/trpc.ts";
import { FormAlert } from "../../forms/FormAlert.tsx";
import { NewPasswordField } from "../../forms/NewPasswordField.tsx";
import { useZodForm } from "../../forms/use-zod-form.ts";
import { usePageTitle } from "../../page/use-page-title.ts";
import { noteAddress } from "../last-owner.ts";
import { Steps } from "../Steps.tsx";
import { StepTitle } from "../StepTitle.tsx";
import { useRefreshAuth } from "../use-auth.ts";
import type { LinkProps } from "./link-props.ts";
import { LinkDone } from "./LinkDone.tsx";
import { LinkProblem } from "./LinkProblem.tsx";
import { usePaths } from "./paths.ts";
import { forgetLinkSecret } from "./use-link-secret.ts";

/** Another password, by somebody who reads the account's mail. The second factor stays. */
export function PasswordResetLink({ secret }: LinkProps): ReactNode {
  const t = useTranslations("account.links.passwordReset");
  const links = useTranslations("account.links");
  usePageTitle(t("title"));
  const trpc = useTRPC();
  const refreshAuth = useRefreshAuth();
  const { signIn } = usePaths();
  const reset = useMutation(trpc.auth.passwords.reset.mutationOptions());
  const { form, onSubmit, pending, failure } = useZodForm(resetPasswordInput.pick({ password: true }), {
    initialValues: { password: "" },
    submit: async ({ password }) => {
      await reset.mutateAsync({ token: secret, password });
      // Every auth session has ended, and its owner knows why.
      noteAddress(null);
      forgetLinkSecret("password_reset");
      await refreshAuth();
    },
    fieldOfError: { password_too_short: "password", password_too_long: "password", password_too_common: "password" },
  });

  if (reset.isSuccess) {
    return <LinkDone title={t("doneTitle")} text={t("doneText")} action={{ label: links("toSignIn"), href: signIn }} />;
  }
  if (failure !== null && apiErrorOf(failure).errorCode === "link_expired") {
    return <LinkProblem kind="password_reset" takesFocus />;
  }
  return (
    <Steps>
      <StepTitle takesFocus={false} text={t("text")}>
        {t("title")}
      </StepTitle>
      <form onSubmit={onSubmit} noValidate>
        <Stack gap="md">
          <FormAlert failure={failure} />
          <NewPasswordField {...form.getInputProps("password")} known={[]} />
          <Button type="submit" loading={pending}>
            {t("submit")}
          </Button>
        </Stack>
      </form>
    </Steps>
  );
}
