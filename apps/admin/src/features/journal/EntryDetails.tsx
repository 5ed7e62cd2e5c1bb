import { audiences, type AuditEntryView, errorCodes, roles } from "@tessera/contracts";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { shortId } from "./short-id.ts";
import classes from "./JournalEntries.module.css";

type Details = AuditEntryView["details"];

const names = [
  "address",
  "audience",
  "code",
  "count",
  "factor",
  "from",
  "invitationId",
  "kind",
  "locale",
  "newAccount",
  "replaced",
  "requestedBy",
  "role",
  "to",
  "version",
] as const;
const addresses = ["old", "new"] as const;
const factors = ["totp", "passkey", "recovery_code"] as const;
const locales = ["fr", "en"] as const;

/** What else was written down, in words where there are any. */
export function EntryDetails({ details }: { readonly details: Details }): ReactNode {
  const t = useTranslations("admin.journal");
  const say = useSayValue();
  const all = Object.entries(details);
  if (all.length === 0) return null;
  return (
    <dl className={classes.details} aria-label={t("details")}>
      {all.map(([key, value]) => {
        const name = names.find((known) => known === key);
        return (
          <div key={key}>
            <dt>{name === undefined ? key : t(`detailNames.${name}`)}</dt>
            <dd>{say(key, value)}</dd>
          </div>
        );
      })}
    </dl>
  );
}

function useSayValue(): (key: string, value: Details[string]) => string {
  const t = useTranslations("admin.journal");
  const security = useTranslations("security");
  const languages = useTranslations("common.languages");
  const errors = useTranslations("errors");
  return (key, value) => {
    if (typeof value === "boolean") return t(value ? "yes" : "no");
    const text = String(value);
    const role = roles.find((known) => known === text);
    if (role !== undefined && ["role", "from", "to"].includes(key)) return security(`roles.${role}`);
    const audience = audiences.find((known) => known === text);
    if (audience !== undefined) return security(`sessions.audience.${audience}`);
    const locale = locales.find((known) => known === text);
    if (locale !== undefined && key === "locale") return languages(locale);
    const address = addresses.find((known) => known === text);
    if (address !== undefined && key === "address") return t(`addresses.${address}`);
    const factor = factors.find((known) => known === text);
    if (factor !== undefined) return t(`factors.${factor}`);
    const code = errorCodes.find((known) => known === text);
    if (code !== undefined) return errors(code);
    return /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(text) ? shortId(text) : text;
  };
}
