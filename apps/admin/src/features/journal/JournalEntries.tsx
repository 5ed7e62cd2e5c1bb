import { UnstyledButton } from "@mantine/core";
import type { AuditEntryView } from "@tessera/contracts";
import { Pictogram, useFormats } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTimeZone, useTranslations } from "use-intl";
import { TextLink } from "../../shared/links.tsx";
import { EntryDetails } from "./EntryDetails.tsx";
import { shortId } from "./short-id.ts";
import { type Thing, thingOf } from "./thing-of.ts";
import classes from "./JournalEntries.module.css";

type JournalEntriesProps = {
  /** Newest first. */
  readonly entries: readonly AuditEntryView[];
  /** Shows only what is by or about this account. */
  readonly onPerson: (accountId: string) => void;
};

/** Entries, each with what was done, by whom and about whom. */
export function JournalEntries({ entries, onPerson }: JournalEntriesProps): ReactNode {
  const t = useTranslations("admin.journal");
  return (
    <ol className={classes.entries} aria-label={t("title")}>
      {entries.map((entry) => (
        <li key={entry.id} className={classes.entry}>
          <Moment at={entry.at} />
          <div className={classes.what}>
            <p className={classes.action}>{t(`actions.${entry.action}`)}</p>
            <People entry={entry} onPerson={onPerson} />
            <EntryDetails details={entry.details} />
          </div>
          <Seal position={entry.position} />
        </li>
      ))}
    </ol>
  );
}

function Moment({ at }: { readonly at: string }): ReactNode {
  const { date } = useFormats();
  const timeZone = useTimeZone() ?? "UTC";
  return (
    <time dateTime={at} className={classes.moment}>
      <span>{date(at, timeZone, "date")}</span>
      <span className={classes.clock}>{date(at, timeZone, "zonedTime")}</span>
    </time>
  );
}

/** What nobody signed in can have done is done by strangers, or by nobody. */
const ofTheServer: readonly Thing[] = ["key", "programme", "invitation", "offer"];

type PeopleProps = { readonly entry: AuditEntryView; readonly onPerson: (accountId: string) => void };

function People({ entry, onPerson }: PeopleProps): ReactNode {
  const t = useTranslations("admin.journal");
  const { action, actor, subject } = entry;
  const thing = thingOf(action);
  const themselves = actor !== null && subject !== null && actor.id === subject.id;
  // Without its address an invitation is known by what it was for, which its details say; its number says nothing.
  const told = thing === "invitation" && subject?.displayName === null && "role" in entry.details;
  return (
    <dl className={classes.people}>
      <dt>{t("who")}</dt>
      <dd>
        {actor === null ? (
          t(ofTheServer.includes(thing) ? "server" : "stranger")
        ) : (
          <Person person={actor} onPerson={onPerson} />
        )}
      </dd>
      {subject !== null && !themselves && !told && (
        <>
          <dt>{t("about")}</dt>
          <dd>
            {thing === "account" ? (
              <Person person={subject} onPerson={onPerson} />
            ) : (
              <Subject thing={thing} subject={subject} details={entry.details} />
            )}
          </dd>
        </>
      )}
    </dl>
  );
}

type SubjectProps = {
  readonly thing: Thing;
  readonly subject: NonNullable<AuditEntryView["subject"]>;
  readonly details: AuditEntryView["details"];
};

/** What it was done to, which leads to its page where there is one. */
function Subject({ thing, subject, details }: SubjectProps): ReactNode {
  const t = useTranslations("admin.journal");
  const { id } = subject;
  const code = details["competitionSessionCode"];
  const name =
    subject.displayName ?? (thing === "competition_session" && typeof code === "string" ? code : shortId(id));
  const words = `${t(`things.${thing}`)} ${name}`;
  const orderId = thing === "order" ? id : details["orderId"];
  switch (thing) {
    case "competition_session":
      return (
        <TextLink to="/competition-sessions/$competitionSessionId" params={{ competitionSessionId: id }} title={id}>
          {words}
        </TextLink>
      );
    case "offer":
      return (
        <TextLink to="/offers/$offerId" params={{ offerId: id }} title={id}>
          {words}
        </TextLink>
      );
    default:
      return typeof orderId === "string" ? (
        <TextLink to="/orders/$orderId" params={{ orderId }} title={id}>
          {words}
        </TextLink>
      ) : (
        <span title={id}>{words}</span>
      );
  }
}

type PersonProps = {
  readonly person: NonNullable<AuditEntryView["actor"]>;
  readonly onPerson: (accountId: string) => void;
};

/** By name, which is the way to all that is by or about them. */
function Person({ person, onPerson }: PersonProps): ReactNode {
  const t = useTranslations("admin.journal");
  const name = person.displayName ?? `${t("deletedAccount")} ${shortId(person.id)}`;
  return (
    <UnstyledButton
      className={classes.person ?? ""}
      aria-label={t("onlyThis", { name })}
      onClick={() => onPerson(person.id)}
    >
      {name}
    </UnstyledButton>
  );
}

function Seal({ position }: Pick<AuditEntryView, "position">): ReactNode {
  const t = useTranslations("admin.journal");
  return (
    <p className={classes.seal} data-sealed={position !== null || undefined}>
      <Pictogram name={position === null ? "clock" : "lock"} size={12} />
      {position === null ? t("unsealed") : t("sealed", { position })}
    </p>
  );
}
