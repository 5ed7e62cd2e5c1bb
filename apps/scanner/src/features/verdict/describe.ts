import type { ReasonCode } from "@tessera/contracts";
import type { Scan } from "@tessera/scanner-core";
import { useTranslations } from "use-intl";

type Decided = Exclude<Scan, { readonly status: "asking" }>;

type Description = {
  /** The one word. */
  readonly word: string;
  /** Why, in a few words; a plain yes needs none. */
  readonly why: string | null;
  /** What to do. */
  readonly help: string;
  /** What else must be looked at; the admission before this one has a line of its own. */
  readonly also: string | null;
};

const saidByFirst: ReadonlySet<ReasonCode> = new Set(["already_admitted", "already_inside"]);

/** Puts a verdict into words. */
export function useDescription(): (scan: Decided) => Description {
  const t = useTranslations("scanner.verdict");
  const reasons = useTranslations("reasons");

  return (scan) => {
    const { outcome, reason, alsoFailed } = scan.verdict;
    const also = alsoFailed.filter((one) => !saidByFirst.has(one)).map((one) => reasons(`${one}.title`));
    const common = {
      word: t(outcome),
      also: also.length === 0 ? null : t("also", { reasons: also.join(", ") }),
    };
    if (scan.status === "contradicted") {
      const help = t("contradictedHelp", { reason: reasons(`${reason}.title`) });
      return { ...common, why: t("contradicted"), help };
    }
    if (scan.status === "unconfirmed") {
      return reason === "admitted"
        ? { ...common, why: t("unconfirmed"), help: t("unconfirmedYes") }
        : {
            ...common,
            why: `${t("unconfirmed")} · ${reasons(`${reason}.title`)}`,
            help: t("unconfirmedOther", { help: reasons(`${reason}.help`) }),
          };
    }
    if (reason === "malformed") return { ...common, why: t("foreign"), help: t("foreignHelp") };
    return {
      ...common,
      why: reason === "admitted" ? null : reasons(`${reason}.title`),
      help: reasons(`${reason}.help`),
    };
  };
}
