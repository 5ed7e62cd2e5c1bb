import { Anchor, Stack, Text, Title } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { AuthState } from "@tessera/contracts";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAppName } from "../app/app-name.ts";
import { useTRPC } from "../app/trpc.ts";
import { TotpForm } from "../forms/TotpForm.tsx";
import { Mark } from "../mark/Mark.tsx";
import { RecoveryCodeForm } from "./RecoveryCodeForm.tsx";
import { RecoveryCodes } from "./RecoveryCodes.tsx";
import { RegisterForm } from "./RegisterForm.tsx";
import { SignInForm } from "./SignInForm.tsx";
import { StepTitle } from "./StepTitle.tsx";
import { TotpEnrolment } from "./TotpEnrolment.tsx";
import { useRefreshAuth, useSignOut } from "./use-auth.ts";
import classes from "./SignInFlow.module.css";

type SignInFlowProps = {
  readonly auth: AuthState;
  readonly first: "signIn" | "register";
  /** Recovery codes are on the screen, or are put away: only then may the page move on. */
  readonly onShowingCodes: (showing: boolean) => void;
};

/** From a stranger to somebody signed in with both factors, one step on the screen at a time. */
export function SignInFlow({ auth, first, onShowingCodes }: SignInFlowProps): ReactNode {
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const [firstState] = useState(auth.state);
  const email = auth.state === "signed_out" ? "" : auth.account.email;

  return (
    <section className={classes.flow}>
      <Mark size={48} closed={codes !== null || auth.state === "signed_in"} />
      {codes !== null ? (
        <RecoveryCodes codes={codes} email={email} onKept={() => onShowingCodes(false)} />
      ) : auth.state === "signed_out" ? (
        <Strangers first={first} />
      ) : auth.state === "enrol" ? (
        <TotpEnrolment
          takesFocus={firstState !== "enrol"}
          onEnrolled={(recoveryCodes) => {
            setCodes(recoveryCodes);
            onShowingCodes(true);
          }}
        />
      ) : (
        <SecondFactor />
      )}
      {(auth.state === "enrol" || auth.state === "verify") && codes === null && <OtherAccount email={email} />}
    </section>
  );
}

function Strangers({ first }: Pick<SignInFlowProps, "first">): ReactNode {
  const app = useAppName();
  const t = useTranslations("account");
  const [registering, setRegistering] = useState(app === "shop" && first === "register");
  const [turned, setTurned] = useState(false);
  const turnTo = (register: boolean): void => {
    setRegistering(register);
    setTurned(true);
  };
  if (registering) {
    return (
      <>
        <StepTitle takesFocus={turned}>{t("register.title")}</StepTitle>
        <RegisterForm />
        <Anchor component="button" type="button" onClick={() => turnTo(false)}>
          {t("register.toSignIn")}
        </Anchor>
      </>
    );
  }
  return (
    <>
      <StepTitle takesFocus={turned}>{t("signIn.title")}</StepTitle>
      <SignInForm />
      {app === "shop" ? (
        <Anchor component="button" type="button" onClick={() => turnTo(true)}>
          {t("signIn.toRegister")}
        </Anchor>
      ) : (
        <Text c="dimmed" size="sm">
          {t("signIn.staffOnly")}
        </Text>
      )}
    </>
  );
}

function SecondFactor(): ReactNode {
  const t = useTranslations("account.verify");
  const trpc = useTRPC();
  const refreshAuth = useRefreshAuth();
  const verify = useMutation(trpc.auth.factors.verifyTotp.mutationOptions());
  const [recovering, setRecovering] = useState(false);
  return recovering ? (
    <>
      <StepTitle takesFocus>{t("recoveryTitle")}</StepTitle>
      <RecoveryCodeForm />
      <Anchor component="button" type="button" onClick={() => setRecovering(false)}>
        {t("toTotp")}
      </Anchor>
    </>
  ) : (
    <>
      <Stack gap="xs">
        <Title order={1}>{t("title")}</Title>
        <Text>{t("text")}</Text>
      </Stack>
      <TotpForm
        focused
        submitLabel={t("submit")}
        submit={async (code) => {
          await verify.mutateAsync({ code });
          await refreshAuth();
        }}
      />
      <Anchor component="button" type="button" onClick={() => setRecovering(true)}>
        {t("toRecovery")}
      </Anchor>
    </>
  );
}

/** Whoever stands before somebody else's second factor must be able to walk away from it. */
function OtherAccount({ email }: { readonly email: string }): ReactNode {
  const t = useTranslations("account.menu");
  const { signOut } = useSignOut();
  return (
    <Text size="sm" c="dimmed">
      {t("signedInAs", { email })}{" "}
      <Anchor component="button" type="button" size="sm" onClick={signOut}>
        {t("signOut")}
      </Anchor>
    </Text>
  );
}
