import { audiences, type AuditEntryView, roles } from "@tessera/contracts";
import { useFormats } from "@tessera/ui";
import type { ReactNode } from "react";
import { useMessages, useTimeZone, useTranslations } from "use-intl";
import { shortId } from "./short-id.ts";
import classes from "./JournalEntries.module.css";

type Details = AuditEntryView["details"];

/** What else was written down, in words where there are any: the journal is older than today's words. */
export function EntryDetails({ details }: { readonly details: Details }): ReactNode {
  const t = useTranslations("admin.journal");
  const { detailNames } = useMessages().admin.journal;
  const say = useSayValue();
  const sayName = (key: string): string => {
    if (isKeyOf(detailNames, key)) return t(`detailNames.${key}`);
    const [, name, side] = /^(.+)(From|To)$/.exec(key) ?? [];
    if (name === undefined) return key;
    return `${sayName(name)}, ${t(side === "From" ? "detailNames.from" : "detailNames.to")}`;
  };
  const all = Object.entries(details).filter(([key]) => key !== "invitationId");
  if (all.length === 0) return null;
  return (
    <dl className={classes.details} aria-label={t("details")}>
      {all.map(([key, value]) => (
        <div key={key}>
          <dt>{sayName(key)}</dt>
          <dd>{say(key, value)}</dd>
        </div>
      ))}
    </dl>
  );
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const instant = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;

function useSayValue(): (key: string, value: Details[string]) => string {
  const t = useTranslations("admin.journal");
  const { journal, gate } = useMessages().admin;
  const kinds = useTranslations("admin.gate.kinds");
  const security = useTranslations("security");
  const languages = useTranslations("common.languages");
  const { date, number } = useFormats();
  const timeZone = useTimeZone() ?? "UTC";
  return (key, value) => {
    if (key === "begun") return t("detailValues.begun");
    if (typeof value === "boolean") return t(value ? "yes" : "no");
    if (typeof value === "number") return number(value);
    const role = roles.find((known) => known === value);
    if (role !== undefined && ["role", "from", "to"].includes(key)) return security(`roles.${role}`);
    const audience = audiences.find((known) => known === value);
    if (audience !== undefined) return security(`sessions.audience.${audience}`);
    if (key === "locale" && (value === "fr" || value === "en")) return languages(value);
    if (key === "kind" && isKeyOf(gate.kinds, value)) return kinds(`${value}.title`);
    if (isKeyOf(journal.detailValues, value)) return t(`detailValues.${value}`);
    if (instant.test(value)) return date(value, timeZone, "exactMoment");
    return uuid.test(value) ? shortId(value) : value;
  };
}

function isKeyOf<Words extends object>(words: Words, key: string): key is keyof Words & string {
  return Object.hasOwn(words, key);
}
