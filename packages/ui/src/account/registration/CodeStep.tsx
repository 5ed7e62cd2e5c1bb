import { Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { apiErrorOf } from "@tessera/client";
import { type ReactNode, useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { useTRPC } from "../../app/trpc.ts";
import { Countdown } from "../../format/Countdown.tsx";
import { FormAlert } from "../../forms/FormAlert.tsx";
import { SixDigitForm } from "../../forms/SixDigitForm.tsx";
import { StepLink } from "../StepLink.tsx";
import { StepTitle } from "../StepTitle.tsx";
import type { PendingRegistration } from "./pending-registration.ts";

type CodeStepProps = {
  readonly pending: PendingRegistration;
  /** Another code is on its way, for another registration. */
  readonly onResent: (registrationId: string) => void;
  readonly onProven: (code: string) => void;
  readonly onWrongEmail: () => void;
};

/** How long a mail may take before another one is worth asking for. */
const waitMs = 30_000;

/** The code that proves the address. */
export function CodeStep({ pending, onResent, onProven, onWrongEmail }: CodeStepProps): ReactNode {
  const t = useTranslations("account.register");
  const trpc = useTRPC();
  const { email, registrationId } = pending;
  const address = (): ReactNode => <strong>{email}</strong>;
  // No code of this mail will do any more: there is nothing to wait for.
  const [spent, setSpent] = useState(false);
  const check = useMutation(trpc.auth.registration.checkCode.mutationOptions());
  return (
    <>
      <StepTitle takesFocus={false} over={t("step", { step: 2 })} text={t.rich("codeText", { email: address })}>
        {t("codeTitle")}
      </StepTitle>
      <SixDigitForm
        focused
        label={t("code")}
        hint={t("codeHint")}
        submitLabel={t("codeSubmit")}
        wrongCode={t("codeWrong")}
        submit={async (code) => {
          try {
            await check.mutateAsync({ registrationId, code });
          } catch (error) {
            setSpent(apiErrorOf(error).errorCode === "registration_expired");
            throw error;
          }
          onProven(code);
        }}
      />
      <Stack gap="xs">
        <Text size="sm" c="dimmed">
          {t("nothing")}
        </Text>
        <Resend
          email={email}
          atOnce={spent}
          onResent={(id) => {
            setSpent(false);
            onResent(id);
          }}
        />
        <StepLink onClick={onWrongEmail}>{t("wrongEmail")}</StepLink>
      </Stack>
    </>
  );
}

type ResendProps = {
  readonly email: string;
  readonly atOnce: boolean;
  readonly onResent: (registrationId: string) => void;
};

function Resend({ email, atOnce, onResent }: ResendProps): ReactNode {
  const t = useTranslations("account.register");
  const locale = useLocale();
  const trpc = useTRPC();
  const [opensAt, setOpensAt] = useState(() => new Date(Date.now() + waitMs).toISOString());
  const [open, setOpen] = useState(false);
  const begin = useMutation(
    trpc.auth.registration.begin.mutationOptions({
      onSuccess: ({ registrationId }) => {
        setOpensAt(new Date(Date.now() + waitMs).toISOString());
        setOpen(false);
        onResent(registrationId);
      },
    }),
  );
  return (
    <>
      <FormAlert failure={begin.error} />
      <Text role="status" size="sm" hidden={!begin.isSuccess}>
        {begin.isSuccess && t("resent")}
      </Text>
      {open || atOnce ? (
        <StepLink disabled={begin.isPending} onClick={() => begin.mutate({ email, locale })}>
          {t("resend")}
        </StepLink>
      ) : (
        <Text size="sm" c="dimmed">
          {t("resendIn")} <Countdown until={opensAt} onEnd={() => setOpen(true)} />
        </Text>
      )}
    </>
  );
}
