import { Alert, Anchor, Button, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import {
  AccountGate,
  FormAlert,
  LoadingState,
  Pictogram,
  useAccount,
  useAuthState,
  usePageTitle,
  useSignOut,
} from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Notice } from "../../shared/Notice.tsx";
import { Screen } from "../../shared/Screen.tsx";
import { PinChoice } from "./PinChoice.tsx";

type BeginShiftProps = {
  /** Begins a shift of whoever is signed in, who unlocks it with the PIN from then on. What it throws is said. */
  readonly onBegin: (pin: string) => Promise<unknown>;
  /** Why somebody stands here again, in a sentence. */
  readonly note?: string | undefined;
  /** A colleague joins those who work here. */
  readonly joining: boolean;
  /** The way back, where there is one. */
  readonly onBack?: (() => void) | undefined;
};

/** Signing in online, once, and a PIN for the rest of the shift. */
export function BeginShift({ onBegin, note, joining, onBack }: BeginShiftProps): ReactNode {
  const t = useTranslations("scanner.tablet.begin");
  const auth = useAuthState();
  usePageTitle(joining ? t("join") : t("title"));
  const back = onBack !== undefined && (
    <Button variant="subtle" color="ink" onClick={onBack}>
      {t("back")}
    </Button>
  );

  if (auth.data === undefined && auth.isError) {
    return (
      <Notice
        pictogram="offline"
        title={t("offlineTitle")}
        text={onBack === undefined ? t("offlineText") : t("offlineOthers")}
      >
        <Button loading={auth.isFetching} onClick={() => void auth.refetch()}>
          {t("retry")}
        </Button>
        {back}
      </Notice>
    );
  }
  return (
    <>
      {auth.data !== undefined && auth.data.state !== "signed_in" && (
        <Screen intro>
          <div>
            <Text fw={650} size="lg">
              {joining ? t("join") : t("title")}
            </Text>
            <Text c="dimmed">{joining ? t("joinLead") : t("lead")}</Text>
          </div>
          {note !== undefined && (
            <Alert color="ochre" icon={<Pictogram name="clock" size={18} />}>
              {note}
            </Alert>
          )}
        </Screen>
      )}
      <AccountGate>
        <ChoosePin onBegin={onBegin} />
      </AccountGate>
      {back !== false && <Screen>{back}</Screen>}
    </>
  );
}

function ChoosePin({ onBegin }: Pick<BeginShiftProps, "onBegin">): ReactNode {
  const t = useTranslations("scanner.tablet.begin");
  const account = useAccount();
  const { signOut } = useSignOut();
  const begin = useMutation({ mutationFn: onBegin });
  if (begin.isPending || begin.isSuccess) return <LoadingState label={t("beginning")} />;
  return (
    <Screen>
      <FormAlert failure={begin.error} />
      <PinChoice onChosen={(pin) => begin.mutate(pin)} />
      <Text size="sm" c="dimmed">
        {t("signedInAs", { name: account.displayName })}{" "}
        <Anchor component="button" type="button" size="sm" onClick={signOut}>
          {t("signOut")}
        </Anchor>
      </Text>
    </Screen>
  );
}
