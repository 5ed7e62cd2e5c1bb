import { Alert, Button } from "@mantine/core";
import type { Person } from "@tessera/scanner-core";
import { Pictogram } from "@tessera/ui";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { Screen } from "../../shared/Screen.tsx";
import { ScreenTitle } from "../../shared/ScreenTitle.tsx";
import { People } from "./People.tsx";
import { PinPad } from "./PinPad.tsx";

type LockScreenProps = {
  readonly people: readonly Person[];
  /** Tries somebody's PIN; gives the tries that are left when it is wrong, and null when it is right. */
  readonly onPin: (shiftId: string, pin: string) => Promise<number | null>;
  /** Somebody has to sign in, or wants to. */
  readonly onSignIn: () => void;
};

/** Who goes on working? Choosing oneself and a PIN is all, with or without a network. */
export function LockScreen({ people, onPin, onSignIn }: LockScreenProps): ReactNode {
  const t = useTranslations("scanner.tablet.lock");
  const [chosenId, setChosenId] = useState<string | null>(null);
  const only = people.length === 1 ? people[0] : undefined;
  const person = people.find(({ shiftId }) => shiftId === chosenId) ?? only;

  if (person === undefined) {
    return (
      <Screen>
        <ScreenTitle key="who" text={t("who")}>
          {t("title")}
        </ScreenTitle>
        <People people={people} onChoose={({ shiftId }) => setChosenId(shiftId)} />
        <Button variant="default" onClick={onSignIn}>
          {t("newcomer")}
        </Button>
      </Screen>
    );
  }
  return (
    <Unlock
      key={person.shiftId}
      person={person}
      onPin={(pin) => onPin(person.shiftId, pin)}
      onSignIn={onSignIn}
      onOther={only === undefined ? () => setChosenId(null) : onSignIn}
    />
  );
}

type UnlockProps = {
  readonly person: Person;
  readonly onPin: (pin: string) => Promise<number | null>;
  readonly onSignIn: () => void;
  readonly onOther: () => void;
};

function Unlock({ person, onPin, onSignIn, onOther }: UnlockProps): ReactNode {
  const t = useTranslations("scanner.tablet.lock");
  const [left, setLeft] = useState<number | null>(null);
  const [busy, setBusy] = useState(false);
  const name = person.displayName;

  async function tryPin(pin: string): Promise<void> {
    setBusy(true);
    setLeft(null);
    try {
      setLeft(await onPin(pin));
    } finally {
      setBusy(false);
    }
  }

  if (person.mustSignIn) {
    return (
      <Screen>
        <ScreenTitle key="used-up" text={t("usedUp", { name })}>
          {t("usedUpTitle")}
        </ScreenTitle>
        <Button size="lg" onClick={onSignIn}>
          {t("signIn")}
        </Button>
        <Button variant="subtle" color="ink" onClick={onOther}>
          {t("other")}
        </Button>
      </Screen>
    );
  }
  return (
    <Screen>
      <ScreenTitle key="pin" text={t("pinOf", { name })}>
        {t("title")}
      </ScreenTitle>
      {left !== null && (
        <Alert role="alert" color="terracotta" icon={<Pictogram name="warning" size={18} />}>
          {t("wrong", { left })}
        </Alert>
      )}
      <PinPad label={t("pinOf", { name })} busy={busy} onPin={(pin) => void tryPin(pin)} />
      <Button variant="subtle" color="ink" onClick={onOther}>
        {t("other")}
      </Button>
    </Screen>
  );
}
