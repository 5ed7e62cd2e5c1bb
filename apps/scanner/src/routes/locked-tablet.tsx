import type { Person } from "@tessera/scanner-core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { BeginShift } from "../features/shift/BeginShift.tsx";
import { LockScreen } from "../features/shift/LockScreen.tsx";
import { useTime } from "../features/shift/use-time.ts";

type LockedTabletProps = {
  readonly people: readonly Person[];
  /** Whose shift has just ended by time, where nobody is at work any more. */
  readonly ended: Pick<Person, "displayName" | "endsAt"> | null;
  readonly onPin: (shiftId: string, pin: string) => Promise<number | null>;
  readonly onBegin: (pin: string) => Promise<unknown>;
};

/** Nobody has unlocked the tablet: by PIN whoever is at work, by signing in everybody else. */
export function LockedTablet({ people, ended, onPin, onBegin }: LockedTabletProps): ReactNode {
  const t = useTranslations("scanner.tablet.begin");
  const time = useTime();
  const [signingIn, setSigningIn] = useState(false);
  const isAlone = people.length === 0;

  if (!isAlone && !signingIn) {
    return <LockScreen people={people} onPin={onPin} onSignIn={() => setSigningIn(true)} />;
  }
  return (
    <BeginShift
      joining={false}
      onBegin={onBegin}
      note={ended === null ? undefined : t("over", { name: ended.displayName, time: time(ended.endsAt) })}
      onBack={isAlone ? undefined : () => setSigningIn(false)}
    />
  );
}
