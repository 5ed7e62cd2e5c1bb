import { Alert } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { FactorsView } from "@tessera/contracts";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useAccount } from "../account/AccountGate.tsx";
import { useRefreshAuth } from "../account/use-auth.ts";
import { useTRPC } from "../app/trpc.ts";
import { Pictogram } from "../pictograms/Pictogram.tsx";
import { ErrorState } from "../states/ErrorState.tsx";
import { LoadingState } from "../states/LoadingState.tsx";
import { PasskeySettings } from "./PasskeySettings.tsx";
import { PasswordSetting } from "./PasswordSetting.tsx";
import { RecoveryCodesSetting } from "./RecoveryCodesSetting.tsx";
import { SettingsSection } from "./SettingsSection.tsx";
import { TotpSetting } from "./TotpSetting.tsx";
import { useMoment } from "./use-moment.ts";

/** What opens the account: password, second factors, and what there is for when those are lost. */
export function SignInSection(): ReactNode {
  const t = useTranslations("security.signIn");
  const trpc = useTRPC();
  const factors = useQuery(trpc.auth.factors.list.queryOptions());
  return (
    <SettingsSection anchor="sign-in" title={t("title")} lead={t("lead")}>
      {factors.isPending ? (
        <LoadingState />
      ) : factors.data === undefined ? (
        <ErrorState title={t("failedTitle")} error={factors.error} onRetry={() => void factors.refetch()} />
      ) : (
        <Factors factors={factors.data} />
      )}
    </SettingsSection>
  );
}

function Factors({ factors }: { readonly factors: FactorsView }): ReactNode {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const refreshAuth = useRefreshAuth();
  const { hasPassword, totp, passkeys, recoveryCodesLeft, resetReadyAt } = factors;
  const isOnlyFactor = passkeys.length + (totp === null ? 0 : 1) === 1;
  // A change of the factors may have ended auth sessions and given this one a new token.
  const refresh = (): Promise<unknown> =>
    Promise.all([
      queryClient.invalidateQueries(trpc.auth.factors.list.queryFilter()),
      queryClient.invalidateQueries(trpc.auth.authSessions.list.queryFilter()),
      refreshAuth(),
    ]);
  return (
    <>
      {resetReadyAt !== null && <PendingReset readyAt={resetReadyAt} />}
      <PasswordSetting hasPassword={hasPassword} refresh={refresh} />
      <TotpSetting totp={totp} isOnlyFactor={isOnlyFactor} refresh={refresh} />
      <PasskeySettings passkeys={passkeys} isOnlyFactor={isOnlyFactor} refresh={refresh} />
      <RecoveryCodesSetting left={recoveryCodesLeft} refresh={refresh} />
    </>
  );
}

/** Somebody has said that everything is lost. Whoever reads this can sign in: it may well be somebody else. */
function PendingReset({ readyAt }: { readonly readyAt: string }): ReactNode {
  const t = useTranslations("security.reset");
  const moment = useMoment();
  const { email } = useAccount();
  return (
    <Alert color="terracotta" title={t("title")} icon={<Pictogram name="warning" size={18} />} mb="md">
      <p>{t("text", { date: moment(readyAt), email })}</p>
      <p>{t("notYou")}</p>
    </Alert>
  );
}
