import { Text } from "@mantine/core";
import type { AccountView, UsableFactors } from "@tessera/contracts";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { StepLink } from "../StepLink.tsx";
import { StepTitle } from "../StepTitle.tsx";
import { useRefreshAuth } from "../use-auth.ts";
import { FactorForm } from "./FactorForm.tsx";
import { LostFactors } from "./LostFactors.tsx";
import { notedReset } from "./reset-note.ts";
import { ResetTimes } from "./ResetAsked.tsx";

type SecondFactorProps = { readonly account: AccountView; readonly factors: UsableFactors };

/** After the password: what shows that it is really its owner who knows it. */
export function SecondFactor({ account, factors }: SecondFactorProps): ReactNode {
  const t = useTranslations("account.verify");
  const refreshAuth = useRefreshAuth();
  const [lost, setLost] = useState(false);
  const asked = notedReset(account.id);
  if (lost) return <LostFactors account={account} onBack={() => setLost(false)} />;
  return (
    <>
      <StepTitle takesFocus={false}>{t("title")}</StepTitle>
      {asked !== null && (
        <Text size="sm">
          <ResetTimes note={asked} />
        </Text>
      )}
      <FactorForm factors={factors} submitLabel={t("submit")} focused onVerified={refreshAuth} />
      <StepLink onClick={() => setLost(true)}>{t("toLost")}</StepLink>
    </>
  );
}
