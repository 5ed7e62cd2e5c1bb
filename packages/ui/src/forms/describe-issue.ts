import type { Messages } from "@tessera/messages";
import type { _Translator } from "use-intl";
import type { z } from "zod";

type FieldTranslator = _Translator<Messages, "common.fields">;
type Issue = z.core.$ZodIssue;

/** Says in the language of the page what is wrong with one answer. An empty one is missing, whatever else it is. */
export function describeIssue(issue: Issue, value: unknown, t: FieldTranslator): string {
  if (value === "" || value === undefined || value === null) return t("required");
  switch (issue.code) {
    case "too_small":
      return describeTooSmall(issue, t);
    case "too_big":
      return describeTooBig(issue, t);
    case "invalid_format":
      return describeFormat(issue.format, value, t);
    case "invalid_type":
      return issue.expected === "number" || issue.expected === "int" ? t("number") : t("invalid");
    case "custom":
      return issue.message === "control_characters" ? t("controlCharacters") : t("invalid");
    default:
      return t("invalid");
  }
}

/** Servers rarely know such addresses (RFC 6531), and ours sends no mail to them. */
function hasAccentBeforeAt(address: string): boolean {
  return /[^\p{ASCII}\s].*@/u.test(address);
}

function describeTooSmall(issue: z.core.$ZodIssueTooSmall, t: FieldTranslator): string {
  const minimum = Number(issue.minimum);
  if (issue.origin === "string") return minimum <= 1 ? t("required") : t("tooShort", { minimum });
  if (issue.origin === "array" || issue.origin === "set") return t("tooFew", { minimum });
  return t("tooSmall", { minimum });
}

function describeTooBig(issue: z.core.$ZodIssueTooBig, t: FieldTranslator): string {
  const maximum = Number(issue.maximum);
  if (issue.origin === "string") return t("tooLong", { maximum });
  if (issue.origin === "array" || issue.origin === "set") return t("tooMany", { maximum });
  return t("tooBig", { maximum });
}

function describeFormat(format: string, value: unknown, t: FieldTranslator): string {
  if (format === "email" && typeof value === "string" && hasAccentBeforeAt(value)) return t("emailAccents");
  if (format === "email") return t("email");
  if (format === "date" || format === "datetime") return t("date");
  return t("invalid");
}
