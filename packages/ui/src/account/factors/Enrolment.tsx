import { Stack, Text } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { StepLink } from "../StepLink.tsx";
import { StepTitle } from "../StepTitle.tsx";
import { FirstPassword } from "./FirstPassword.tsx";
import { PasskeyAlert, PasskeyButton } from "./PasskeyButton.tsx";
import { passkeysWork } from "./passkeys.ts";
import { TotpEnrolment } from "./TotpEnrolment.tsx";
import { usePasskeys } from "./use-passkeys.ts";

type EnrolmentProps = {
  readonly email: string;
  /** Without one an authenticator app is not enough: it shows the second of two factors. */
  readonly hasPassword: boolean;
  /** The app was chosen on the step before. */
  readonly totpFirst: boolean;
  /** Why the passkey of the step before was not made. */
  readonly passkeyFailure: unknown;
  readonly takesFocus: boolean;
  readonly onEnrolled: (recoveryCodes: readonly string[] | null) => Promise<unknown>;
};

/** A second factor for somebody who has none yet: a passkey, or an app beside a password. */
export function Enrolment(props: EnrolmentProps): ReactNode {
  const { email, hasPassword, totpFirst, passkeyFailure, takesFocus, onEnrolled } = props;
  const t = useTranslations("account.enrol");
  const passkeys = usePasskeys();
  const [withTotp, setWithTotp] = useState(totpFirst || !passkeysWork());
  const [turned, setTurned] = useState(false);
  const turnTo = (totp: boolean): void => {
    setWithTotp(totp);
    setTurned(true);
  };

  if (!withTotp) {
    return (
      <>
        <StepTitle takesFocus={takesFocus || turned} text={t(hasPassword ? "text" : "textAlone")}>
          {t("title")}
        </StepTitle>
        <Stack gap="md">
          <PasskeyAlert failure={turned ? null : passkeyFailure} />
          <Text>{t("passkeyText")}</Text>
          <PasskeyButton main onPress={async () => onEnrolled(await passkeys.add())}>
            {t("passkeySubmit")}
          </PasskeyButton>
        </Stack>
        <StepLink onClick={() => turnTo(true)}>{t("toTotp")}</StepLink>
      </>
    );
  }
  return (
    <>
      {hasPassword ? (
        <>
          <StepTitle takesFocus={takesFocus || turned} text={t("text")}>
            {t("totpTitle")}
          </StepTitle>
          <TotpEnrolment onEnrolled={onEnrolled} />
        </>
      ) : (
        <FirstPassword email={email} takesFocus={takesFocus || turned} onChosen={() => setTurned(true)} />
      )}
      {passkeysWork() && <StepLink onClick={() => turnTo(false)}>{t("toPasskey")}</StepLink>}
    </>
  );
}
