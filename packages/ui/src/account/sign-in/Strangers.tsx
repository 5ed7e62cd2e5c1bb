import { Alert, Text } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAppName } from "../../app/app-name.ts";
import { Pictogram } from "../../pictograms/Pictogram.tsx";
import { lastAddress, useWasSignedIn } from "../last-owner.ts";
import type { AddressProof, Registered } from "../registration/address-proof.ts";
import { keptRegistration } from "../registration/pending-registration.ts";
import { Registration } from "../registration/Registration.tsx";
import { StepLink } from "../StepLink.tsx";
import { StepTitle } from "../StepTitle.tsx";
import { ForgottenPassword } from "./ForgottenPassword.tsx";
import { SignInForm } from "./SignInForm.tsx";

/** What somebody who is not signed in can do. */
export type Door = "signIn" | "register" | "forgotten";

type StrangersProps = {
  readonly first: Door;
  readonly proof?: AddressProof | undefined;
  readonly onRegistered: (registered: Registered) => Promise<unknown>;
};

/** The ways in; only the shop registers people. */
export function Strangers({ first, proof, onRegistered }: StrangersProps): ReactNode {
  const app = useAppName();
  const t = useTranslations("account");
  // Whoever reads their mail for the code comes back to where they were.
  const [door, setDoor] = useState(() => (first === "signIn" && keptRegistration() !== null ? "register" : first));
  const [turned, setTurned] = useState(false);
  const [email, setEmail] = useState(lastAddress);
  const ended = useWasSignedIn();
  const turnTo = (next: Door): void => {
    setDoor(next);
    setTurned(true);
  };

  if (door === "register" && app === "shop") {
    return <Registration proof={proof} onRegistered={onRegistered} onSignIn={() => turnTo("signIn")} />;
  }
  if (door === "forgotten") {
    return (
      <>
        <ForgottenPassword takesFocus={turned} email={email} />
        <StepLink onClick={() => turnTo("signIn")}>{t("forgotten.toSignIn")}</StepLink>
      </>
    );
  }
  return (
    <>
      {ended && (
        <Alert role="status" color="sky" icon={<Pictogram name="warning" size={18} />}>
          {t("gate.ended")}
        </Alert>
      )}
      <StepTitle takesFocus={turned}>{t("signIn.title")}</StepTitle>
      <SignInForm email={email} onEmail={setEmail} />
      <StepLink onClick={() => turnTo("forgotten")}>{t("signIn.forgotten")}</StepLink>
      {app === "shop" && <StepLink onClick={() => turnTo("register")}>{t("signIn.toRegister")}</StepLink>}
      {app !== "shop" && (
        <Text c="dimmed" size="sm">
          {t("signIn.staffOnly")}
        </Text>
      )}
    </>
  );
}
