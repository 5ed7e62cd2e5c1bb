import { Anchor, Text } from "@mantine/core";
import type { AuthState } from "@tessera/contracts";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { Enrolment } from "./factors/Enrolment.tsx";
import { RecoveryCodes } from "./factors/RecoveryCodes.tsx";
import type { AddressProof, Registered } from "./registration/address-proof.ts";
import { SecondFactor } from "./sign-in/SecondFactor.tsx";
import { type Door, Strangers } from "./sign-in/Strangers.tsx";
import { Steps } from "./Steps.tsx";
import { StepTitle } from "./StepTitle.tsx";
import { useRefreshAuth, useSignOut } from "./use-auth.ts";

type SignInFlowProps = {
  readonly auth: AuthState;
  readonly first: Door;
  readonly proof?: AddressProof | undefined;
  /** Recovery codes are on the screen, or are put away: only then may the page move on. */
  readonly onShowingCodes: (showing: boolean) => void;
};

/** From a stranger to somebody signed in with both factors. */
export function SignInFlow({ auth, first, proof, onShowingCodes }: SignInFlowProps): ReactNode {
  const t = useTranslations("account.recovery");
  const refreshAuth = useRefreshAuth();
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const [registered, setRegistered] = useState<Registered | null>(null);
  const [firstState] = useState(auth.state);

  /** The codes are on the screen before the page learns that somebody is signed in. */
  const show = (recoveryCodes: readonly string[] | null): Promise<void> => {
    setCodes(recoveryCodes);
    onShowingCodes(recoveryCodes !== null);
    return refreshAuth();
  };

  const accountId = auth.state === "signed_out" ? null : auth.account.id;
  const email = auth.state === "signed_out" ? "" : auth.account.email;
  if (codes !== null) {
    return (
      <Steps closed>
        <StepTitle takesFocus>{t("title")}</StepTitle>
        <RecoveryCodes codes={codes} accountId={accountId} email={email} onKept={() => onShowingCodes(false)} />
      </Steps>
    );
  }
  return (
    <Steps closed={auth.state === "signed_in"}>
      {auth.state === "signed_out" && (
        <Strangers
          first={first}
          proof={proof}
          onRegistered={(next) => {
            setRegistered(next);
            return show(next.recoveryCodes);
          }}
        />
      )}
      {auth.state === "enrol" && (
        <Enrolment
          email={email}
          hasPassword={auth.hasPassword}
          totpFirst={registered !== null && auth.hasPassword}
          passkeyFailure={registered?.passkeyFailure ?? null}
          takesFocus={firstState !== "enrol"}
          onEnrolled={show}
        />
      )}
      {auth.state === "verify" && <SecondFactor account={auth.account} factors={auth.factors} />}
      {(auth.state === "enrol" || auth.state === "verify") && <OtherAccount email={email} />}
    </Steps>
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
