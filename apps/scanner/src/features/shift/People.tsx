import { UnstyledButton } from "@mantine/core";
import type { Person } from "@tessera/scanner-core";
import { Pictogram } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useTime } from "./use-time.ts";
import classes from "./shift.module.css";

type PeopleProps = {
  readonly people: readonly Person[];
  /** Who is unlocked now. */
  readonly youShiftId?: string | undefined;
  /** With it each is a button. */
  readonly onChoose?: ((person: Person) => void) | undefined;
};

/** Who works with this tablet, and until when. */
export function People({ people, youShiftId, onChoose }: PeopleProps): ReactNode {
  return (
    <ul className={classes.people}>
      {people.map((person) => (
        <li key={person.shiftId}>
          {onChoose === undefined ? (
            <div className={classes.person}>
              <Facts person={person} isYou={person.shiftId === youShiftId} />
            </div>
          ) : (
            <UnstyledButton className={classes.person ?? ""} onClick={() => onChoose(person)}>
              <Facts person={person} isYou={false} />
            </UnstyledButton>
          )}
        </li>
      ))}
    </ul>
  );
}

function Facts({ person, isYou }: { readonly person: Person; readonly isYou: boolean }): ReactNode {
  const home = useTranslations("scanner.tablet.home");
  const lock = useTranslations("scanner.tablet.lock");
  const time = useTime();
  const role = home(`role.${person.role}`);
  return (
    <>
      <Pictogram name="person" size={28} />
      <span className={classes.name}>
        {person.displayName} <span className={classes.role}>{isYou ? `${role} · ${home("you")}` : role}</span>
      </span>
      <span className={classes.until}>
        {person.mustSignIn ? lock("pinNeeded") : lock("until", { time: time(person.endsAt) })}
      </span>
    </>
  );
}
