import type { MailLinkKind } from "@tessera/contracts";
import { type ReactNode, useEffect } from "react";
import { useTranslations } from "use-intl";
import { useAccount } from "../AccountGate.tsx";
import { LinkDone } from "./LinkDone.tsx";
import { usePaths } from "./paths.ts";
import { forgetLinkSecret } from "./use-link-secret.ts";

type SignedInProps = {
  /** The link that has led here: it is used up. */
  readonly kind: MailLinkKind;
  readonly title: string;
  readonly action: string;
};

/** The account stands, and its owner is in. */
export function SignedIn({ kind, title, action }: SignedInProps): ReactNode {
  const t = useTranslations("account.menu");
  const { email } = useAccount();
  const { start } = usePaths();
  useEffect(() => forgetLinkSecret(kind), [kind]);
  return <LinkDone title={title} text={t("signedInAs", { email })} action={{ label: action, href: start }} />;
}
