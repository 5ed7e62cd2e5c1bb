import type { ReasonCode } from "@tessera/contracts";
import type { ShownScan } from "@tessera/scanner-core";
import { useTranslations } from "use-intl";
import { conclusionOf } from "./conclusion.ts";

/** What the passage before says in a line of its own. */
const saidByEarlier: ReadonlySet<ReasonCode> = new Set(["already_admitted", "already_inside"]);

/** What else was wrong and is not yet said elsewhere on the screen. */
export function alsoOf({ alsoFailed, earlier }: Pick<ShownScan, "alsoFailed" | "earlier">): readonly ReasonCode[] {
  return alsoFailed.filter((reason) => earlier === null || !saidByEarlier.has(reason));
}

/** Whether the tablet alone stands for a yes. A no and a look need nobody's confirmation. */
export function isUnconfirmed(verdict: ShownScan): boolean {
  return !verdict.confirmed && conclusionOf(verdict) === "through";
}

/** Whether a name must be compared with a document: the one thing that a person does there. */
export function mustCompare(verdict: ShownScan): boolean {
  return conclusionOf(verdict) === "undecided" && verdict.ticket !== null && verdict.ticket.holderName !== null;
}

export type Description = {
  /** The one word. */
  readonly word: string;
  /** Why, in a few words; a plain yes needs none. */
  readonly why: string | null;
  /** What to do. */
  readonly help: string | null;
  readonly also: string | null;
};

/** Puts a verdict into words. */
export function useDescription(): (verdict: ShownScan) => Description {
  const t = useTranslations("scanner.verdict");
  const reasons = useTranslations("reasons");

  return (verdict) => {
    const { reason, direction, homeGate } = verdict;
    const others = alsoOf(verdict).map((one) => reasons(`${one}.title`));
    const also = others.length === 0 ? null : t("also", { reasons: others.join(", ") });
    const go = direction === "in" ? t("admit") : t("admitOut");
    switch (conclusionOf(verdict)) {
      case "through":
        return { word: go, why: null, help: reasons(`${reason}.help`), also };
      case "let_through":
        return { word: go, why: t("byHand"), help: t("letInHelp"), also: null };
      case "overridden":
        return { word: go, why: t("bySupervisor"), help: t("letInHelp"), also: null };
      case "sent_away":
        return {
          word: t("sentAway"),
          why: verdict.decision?.override === true ? t("sentAwayBySupervisor") : null,
          help: t("sentAwayHelp"),
          also: null,
        };
      case "undecided":
      case "refused":
    }
    const word = conclusionOf(verdict) === "undecided" ? t("check") : t("refuse");
    if (reason === "malformed") return { word, why: t("foreign"), help: t("foreignHelp"), also };
    // The way to go is a line of its own; here stands why there is one.
    const help = reason === "wrong_gate" && homeGate !== null ? t("wrongGateWhy") : reasons(`${reason}.help`);
    return { word, why: reasons(`${reason}.title`), help, also };
  };
}
