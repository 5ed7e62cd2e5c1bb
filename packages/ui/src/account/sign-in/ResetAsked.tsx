import { type ReactNode, useEffect } from "react";
import { useTimeZone, useTranslations } from "use-intl";
import { DateTimeText } from "../../format/DateTimeText.tsx";
import { ButtonAnchor } from "../../layout/anchors.tsx";
import { usePageTitle } from "../../page/use-page-title.ts";
import { StepLink } from "../StepLink.tsx";
import { StepTitle } from "../StepTitle.tsx";
import type { ResetNote } from "./reset-note.ts";

type ResetAskedProps = { readonly note: ResetNote; readonly onBack: () => void };

/** The wait has begun: since when, until when, and what comes then. */
export function ResetAsked({ note, onBack }: ResetAskedProps): ReactNode {
  const t = useTranslations("account.lost");
  const links = useTranslations("account.links");
  useTitleBefore();
  usePageTitle(t("requestedTitle"));
  return (
    <>
      <StepTitle takesFocus text={<ResetTimes note={note} />}>
        {t("requestedTitle")}
      </StepTitle>
      <ButtonAnchor href={import.meta.env.BASE_URL}>{links("toStart")}</ButtonAnchor>
      <StepLink onClick={onBack}>{t("back")}</StepLink>
    </>
  );
}

/** The same in a sentence or two. */
export function ResetTimes({ note }: { readonly note: ResetNote }): ReactNode {
  const t = useTranslations("account.lost");
  const timeZone = useTimeZone() ?? "UTC";
  return t.rich("requestedText", {
    since: () => <DateTimeText at={note.requestedAt} timeZone={timeZone} show="dateTime" />,
    moment: () => <DateTimeText at={note.readyAt} timeZone={timeZone} show="dateTime" />,
  });
}

/** Gives the page its own title back when this step is left. */
function useTitleBefore(): void {
  useEffect(() => {
    const before = document.title;
    return () => {
      document.title = before;
    };
  }, []);
}
