import { AccountGate, LoadingState } from "@tessera/ui";
import { type ReactNode, useEffect, useEffectEvent, useRef } from "react";
import { useTranslations } from "use-intl";

/** The way to an account, in place; then on with what the visitor was about to do. */
export function SignInToReserve({ onSignedIn }: { readonly onSignedIn: () => void }): ReactNode {
  return (
    <AccountGate app="shop">
      <GoOn onSignedIn={onSignedIn} />
    </AccountGate>
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
