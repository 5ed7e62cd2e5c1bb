import { Button, Group, Text } from "@mantine/core";
import { AccountGate, LoadingState, usePageTitle } from "@tessera/ui";
import { type ReactNode, useEffect, useEffectEvent, useRef } from "react";
import { useTranslations } from "use-intl";

type SignInToReserveProps = { readonly onSignedIn: () => void; readonly onBack: () => void };

/** The way to an account, in place; then on with what the visitor was about to do. */
export function SignInToReserve({ onSignedIn, onBack }: SignInToReserveProps): ReactNode {
  const t = useTranslations("shop.basket");
  usePageTitle(t("title"));
  return (
    <>
      <Group gap="xs" justify="space-between" mb="lg">
        <Text>{t("signInText")}</Text>
        <Button variant="subtle" color="sky" onClick={onBack}>
          {t("backToBasket")}
        </Button>
      </Group>
      <AccountGate>
        <GoOn onSignedIn={onSignedIn} />
      </AccountGate>
    </>
  );
}

function GoOn({ onSignedIn }: { readonly onSignedIn: () => void }): ReactNode {
  const t = useTranslations("shop.basket");
  const gone = useRef(false);
  const goOn = useEffectEvent(onSignedIn);
  useEffect(() => {
    // Strict mode runs effects twice; one press of the button is one reservation.
    if (!gone.current) goOn();
    gone.current = true;
  }, []);
  return <LoadingState label={t("reserving")} />;
}
