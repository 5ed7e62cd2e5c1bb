import { Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { UsableFactors } from "@tessera/contracts";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useTRPC } from "../../app/trpc.ts";
import { TotpForm } from "../../forms/TotpForm.tsx";
import { PasskeyButton } from "../factors/PasskeyButton.tsx";
import { passkeysWork } from "../factors/passkeys.ts";
import { usePasskeys } from "../factors/use-passkeys.ts";
import { StepLink } from "../StepLink.tsx";
import { RecoveryCodeForm } from "./RecoveryCodeForm.tsx";

type Way = "passkey" | "totp" | "recovery";

type FactorFormProps = {
  readonly factors: UsableFactors;
  /** Said above the easiest way; the others say what they are themselves. */
  readonly text?: string;
  readonly submitLabel: string;
  /** It is the first thing to do here. */
  readonly focused?: boolean;
  readonly onVerified: () => Promise<unknown>;
};

/** The second factor by whichever way its owner has at hand: the easiest first, the others one press away. */
export function FactorForm({ factors, text, submitLabel, focused = false, onVerified }: FactorFormProps): ReactNode {
  const t = useTranslations("account.verify");
  const trpc = useTRPC();
  const passkeys = usePasskeys();
  const totp = useMutation(trpc.auth.factors.verifyTotp.mutationOptions());
  const ways: readonly Way[] = [
    ...(factors.passkey && passkeysWork() ? (["passkey"] as const) : []),
    ...(factors.totp ? (["totp"] as const) : []),
    "recovery",
  ];
  const [chosen, setChosen] = useState<Way | null>(null);
  const way = chosen ?? ways[0];
  const names = { passkey: t("toPasskey"), totp: t("toTotp"), recovery: t("toRecovery") };
  return (
    <>
      <Text>{way === "passkey" ? (text ?? t("passkeyText")) : way === "totp" ? t("text") : t("recoveryText")}</Text>
      {way === "passkey" && (
        <PasskeyButton
          main
          focused={focused}
          onPress={async () => {
            await passkeys.verify();
            await onVerified();
          }}
        >
          {t("passkeySubmit")}
        </PasskeyButton>
      )}
      {way === "totp" && (
        <TotpForm
          focused={focused || chosen !== null}
          submitLabel={submitLabel}
          submit={async (code) => {
            await totp.mutateAsync({ code });
            await onVerified();
          }}
        />
      )}
      {way === "recovery" && <RecoveryCodeForm onVerified={onVerified} focused={focused || chosen !== null} />}
      {ways
        .filter((other) => other !== way)
        .map((other) => (
          <StepLink key={other} onClick={() => setChosen(other)}>
            {names[other]}
          </StepLink>
        ))}
    </>
  );
}
