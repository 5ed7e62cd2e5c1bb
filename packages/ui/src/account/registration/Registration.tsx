import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { StepLink } from "../StepLink.tsx";
import { AccountStep } from "./AccountStep.tsx";
import type { AddressProof, Registered } from "./address-proof.ts";
import { CodeStep } from "./CodeStep.tsx";
import { EmailStep } from "./EmailStep.tsx";
import { keepRegistration, keptRegistration, type PendingRegistration } from "./pending-registration.ts";

type RegistrationProps = {
  /** The address is proven already. */
  readonly proof?: AddressProof | undefined;
  readonly onRegistered: (registered: Registered) => Promise<unknown>;
  readonly onSignIn: () => void;
};

/** A visitor's new account in three steps: the address, the code of the mail, and what opens the account. */
export function Registration({ proof: given, onRegistered, onSignIn }: RegistrationProps): ReactNode {
  const t = useTranslations("account.register");
  const [pending, setPending] = useState(given === undefined ? keptRegistration : null);
  const [proof, setProof] = useState(given ?? null);
  const [email, setEmail] = useState(pending?.email ?? "");

  const goOn = (next: PendingRegistration | null): void => {
    keepRegistration(next);
    setPending(next);
    if (next !== null) setEmail(next.email);
    setProof(null);
  };

  if (proof !== null) {
    return (
      <AccountStep
        proof={proof}
        email={email}
        onRegistered={async (registered) => {
          keepRegistration(null);
          await onRegistered(registered);
        }}
        onStartAgain={() => goOn(null)}
      />
    );
  }
  if (pending !== null) {
    return (
      <CodeStep
        pending={pending}
        onResent={(registrationId) => goOn({ ...pending, registrationId })}
        onProven={(code) => {
          setProof({ registrationId: pending.registrationId, code });
        }}
        onWrongEmail={() => goOn(null)}
      />
    );
  }
  return (
    <>
      <EmailStep email={email} onBegun={goOn} />
      <StepLink onClick={onSignIn}>{t("toSignIn")}</StepLink>
    </>
  );
}
