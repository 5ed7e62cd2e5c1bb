import { Button, Stack, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { apiErrorOf } from "@tessera/client";
import { displayName, displayNameMaxLength, newPassword } from "@tessera/contracts";
import { type ReactNode, useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { z } from "zod";
import { useTRPC, useTRPCClient } from "../../app/trpc.ts";
import { FormAlert } from "../../forms/FormAlert.tsx";
import { NewPasswordField } from "../../forms/NewPasswordField.tsx";
import { useZodForm } from "../../forms/use-zod-form.ts";
import { usePageTitle } from "../../page/use-page-title.ts";
import { ErrorState } from "../../states/ErrorState.tsx";
import { LoadingState } from "../../states/LoadingState.tsx";
import { AccountGate } from "../AccountGate.tsx";
import { Steps } from "../Steps.tsx";
import { StepTitle } from "../StepTitle.tsx";
import { useRefreshAuth } from "../use-auth.ts";
import { ConfirmLink } from "./ConfirmLink.tsx";
import type { LinkProps } from "./link-props.ts";
import { LinkDone } from "./LinkDone.tsx";
import { LinkProblem } from "./LinkProblem.tsx";
import { usePaths } from "./paths.ts";
import { SignedIn } from "./SignedIn.tsx";

/** Somebody is asked into the team: what for, then a new account or the one that is there, then its second factor. */
export function InvitationLink({ secret }: LinkProps): ReactNode {
  const t = useTranslations("account.links.invitation");
  const links = useTranslations("account.links");
  usePageTitle(t("title"));
  const client = useTRPCClient();
  const refreshAuth = useRefreshAuth();
  const { signIn } = usePaths();
  const [accepted, setAccepted] = useState(false);
  const opened = useQuery({
    // Without the secret: it belongs into no cache. The page is made anew for another one.
    queryKey: ["invitation"],
    queryFn: () => client.auth.invitations.read.mutate({ token: secret }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });

  async function onAccepted(): Promise<void> {
    setAccepted(true);
    await refreshAuth();
  }

  if (accepted) {
    return (
      <AccountGate>
        <SignedIn kind="invitation" title={t("doneTitle")} action={links("toStart")} />
      </AccountGate>
    );
  }
  if (opened.isPending) return <LoadingState label={links("loading")} />;
  if (opened.data === undefined) {
    if (apiErrorOf(opened.error).errorCode === "link_expired") return <LinkProblem kind="invitation" />;
    return <ErrorState error={opened.error} onRetry={() => void opened.refetch()} />;
  }
  const { email, role, hasAccount } = opened.data;
  if (!hasAccount) {
    return <NewEmployee secret={secret} email={email} text={t("textNew", { email, role })} onAccepted={onAccepted} />;
  }
  return (
    <ConfirmLink
      kind="invitation"
      title={t("title")}
      text={t("textKnown", { email, role })}
      submit={t("submitKnown")}
      onSubmit={async () => {
        await client.auth.invitations.accept.mutate({ token: secret, account: null });
        await refreshAuth();
      }}
    >
      {() => (
        <LinkDone title={t("knownTitle")} text={t("knownText")} action={{ label: links("toSignIn"), href: signIn }} />
      )}
    </ConfirmLink>
  );
}

type NewEmployeeProps = {
  readonly secret: string;
  readonly email: string;
  readonly text: string;
  readonly onAccepted: () => Promise<void>;
};

const newEmployee = z.object({ displayName, password: newPassword });

function NewEmployee({ secret, email, text, onAccepted }: NewEmployeeProps): ReactNode {
  const t = useTranslations("account");
  const locale = useLocale();
  const trpc = useTRPC();
  const accept = useMutation(trpc.auth.invitations.accept.mutationOptions());
  const { form, onSubmit, pending, failure } = useZodForm(newEmployee, {
    initialValues: { displayName: "", password: "" },
    submit: async (values) => {
      await accept.mutateAsync({ token: secret, account: { ...values, locale } });
      await onAccepted();
    },
    fieldOfError: { password_too_short: "password", password_too_long: "password", password_too_common: "password" },
  });
  if (failure !== null && apiErrorOf(failure).errorCode === "link_expired") {
    return <LinkProblem kind="invitation" takesFocus />;
  }
  return (
    <Steps>
      <StepTitle takesFocus={false} text={text}>
        {t("links.invitation.title")}
      </StepTitle>
      <form onSubmit={onSubmit} noValidate>
        <Stack gap="md">
          <FormAlert failure={failure} />
          {/* For password managers: whose password this is. */}
          <input type="email" autoComplete="username" value={email} readOnly hidden />
          <TextInput
            {...form.getInputProps("displayName")}
            label={t("fields.yourName")}
            autoComplete="name"
            maxLength={displayNameMaxLength}
            required
            withAsterisk={false}
          />
          <NewPasswordField {...form.getInputProps("password")} known={[email, form.values.displayName]} />
          <Button type="submit" loading={pending}>
            {t("links.invitation.submitNew")}
          </Button>
        </Stack>
      </form>
    </Steps>
  );
}
