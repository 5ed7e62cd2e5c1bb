import { Stack, Text } from "@mantine/core";
import type { MailLinkKind } from "@tessera/contracts";
import { type ReactNode, useEffect } from "react";
import { useTranslations } from "use-intl";
import { ButtonAnchor } from "../../layout/anchors.tsx";
import { usePageTitle } from "../../page/use-page-title.ts";
import { Steps } from "../Steps.tsx";
import { StepTitle } from "../StepTitle.tsx";
import { usePaths } from "./paths.ts";
import { forgetLinkSecret } from "./use-link-secret.ts";

type LinkProblemProps = {
  /** Null for a kind that there is not. */
  readonly kind: MailLinkKind | null;
  /** Without one it is used up. Or something got lost on the way, as when a long line is copied; or all of it. */
  readonly problem?: "used" | "incomplete" | "missing";
  /** Another step was here before. */
  readonly takesFocus?: boolean;
};

const texts = { used: "problemText", incomplete: "unknownText", missing: "missingText" } as const;

/** A link that does nothing any more: why that may be, and what to do next. */
export function LinkProblem({ kind, problem = "used", takesFocus = false }: LinkProblemProps): ReactNode {
  const t = useTranslations("account.links");
  const paths = usePaths();
  const title = t(problem === "missing" ? "missingTitle" : "problemTitle");
  usePageTitle(title);
  useEffect(() => {
    if (kind !== null) forgetLinkSecret(kind);
  }, [kind]);
  const advice: Record<MailLinkKind, string | null> = {
    registration: t("registration.expired"),
    password_reset: null,
    email_change: t("emailChange.expired"),
    invitation: t("invitation.expired"),
    factor_reset: t("factorReset.expired"),
    factor_reset_cancel: t("factorResetCancel.expired"),
  };
  const words = kind === null || problem !== "used" ? null : advice[kind];
  return (
    <Steps>
      <StepTitle takesFocus={takesFocus} text={t(texts[problem])}>
        {title}
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
