import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { TextAnchor } from "../../layout/anchors.tsx";
import { usePageTitle } from "../../page/use-page-title.ts";
import { ForgottenPassword } from "../sign-in/ForgottenPassword.tsx";
import { Steps } from "../Steps.tsx";
import { usePaths } from "./paths.ts";

/** Where mails send somebody who has lost their password. */
export function ForgottenPasswordPage(): ReactNode {
  const t = useTranslations("account.forgotten");
  const { signIn } = usePaths();
  usePageTitle(t("title"));
  return (
    <Steps>
      <ForgottenPassword takesFocus={false} email="" />
      <p>
        <TextAnchor href={signIn}>{t("toSignIn")}</TextAnchor>
      </p>
    </Steps>
  );
}
