import { Stack, Text } from "@mantine/core";
import type { MailLinkKind } from "@tessera/contracts";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { ButtonAnchor } from "../../layout/anchors.tsx";
import { usePageTitle } from "../../page/use-page-title.ts";
import { Steps } from "../Steps.tsx";
import { StepTitle } from "../StepTitle.tsx";
import { usePaths } from "./paths.ts";

type LinkProblemProps = {
  /** Null for a kind that there is not. */
  readonly kind: MailLinkKind | null;
  /** Something of it got lost on the way, as when a long line is copied. */
  readonly incomplete?: boolean;
  /** Another step was here before. */
  readonly takesFocus?: boolean;
};

/** A link that does nothing any more: why that may be, and what to do next. */
export function LinkProblem({ kind, incomplete = false, takesFocus = false }: LinkProblemProps): ReactNode {
  const t = useTranslations("account.links");
  const paths = usePaths();
  usePageTitle(t("problemTitle"));
  const advice: Record<MailLinkKind, string | null> = {
    registration: t("registration.expired"),
    password_reset: null,
    email_change: t("emailChange.expired"),
    invitation: t("invitation.expired"),
    factor_reset: t("factorReset.expired"),
    factor_reset_cancel: t("factorResetCancel.expired"),
  };
  const words = kind === null || incomplete ? null : advice[kind];
  return (
    <Steps>
      <StepTitle takesFocus={takesFocus} text={t(incomplete ? "unknownText" : "problemText")}>
        {t("problemTitle")}
      </StepTitle>
      {words !== null && <Text>{words}</Text>}
      <Stack gap="sm">
        {kind === "password_reset" ? (
          <ButtonAnchor href={paths.forgotten}>{t("passwordReset.again")}</ButtonAnchor>
        ) : (
          <ButtonAnchor href={paths.signIn}>{t("toSignIn")}</ButtonAnchor>
        )}
        {kind === "registration" && (
          <ButtonAnchor href={`${paths.start}register`} variant="default">
            {t("registration.again")}
          </ButtonAnchor>
        )}
      </Stack>
    </Steps>
  );
}
