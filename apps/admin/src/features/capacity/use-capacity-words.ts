import { apiErrorOf } from "@tessera/client";
import type { CompetitionSessionSummary } from "@tessera/contracts";
import { useFormats, useMoment } from "@tessera/ui";
import { useTranslations } from "use-intl";
import { differenceOf } from "./capacity-changes.ts";

type Pool = { readonly competitionSession: CompetitionSessionSummary; readonly category: string };

type CapacityWords = {
  /** The pool as people call it: `ATH05, category B`. */
  readonly pool: (pool: Pool) => string;
  /** `+500` and `+50 %`, with the signs of the language. */
  readonly difference: (from: number, to: number) => { seats: string; percent: string };
  /** Says a refusal of a change or a decision better than its error code does. */
  readonly refusal: (error: unknown) => string | undefined;
};

/** How the pages about capacity say things. */
export function useCapacityWords(): CapacityWords {
  const t = useTranslations("admin.capacity");
  const fill = useTranslations("admin.fill");
  const moment = useMoment();
  const { number } = useFormats();
  const signed = (value: number): string => (value > 0 ? `+${number(value)}` : number(value).replace("-", "−"));
  return {
    pool: ({ competitionSession, category }) => t("pool", { code: competitionSession.code, category }),
    difference: (from, to) => {
      const { seats, percent } = differenceOf(from, to);
      return { seats: signed(seats), percent: fill("percent", { percent: signed(percent) }) };
    },
    refusal: (error) => {
      if (error === null) return undefined;
      const { errorCode, details } = apiErrorOf(error);
      const { from, reason } = details;
      if (errorCode === "second_admin_required" && typeof from === "string") {
        return t("dialog.tooNew", { from: moment(from) });
      }
      if (errorCode !== "conflict") return undefined;
      return t(reason === "requester_is_no_admin" ? "waiting.requesterGone" : "waiting.decided");
    },
  };
}
