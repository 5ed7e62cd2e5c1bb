import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useAccount } from "../AccountGate.tsx";
import { LinkDone } from "./LinkDone.tsx";
import { usePaths } from "./paths.ts";

type SignedInProps = { readonly title: string; readonly action: string };

/** The account stands, and its owner is in. */
export function SignedIn({ title, action }: SignedInProps): ReactNode {
  const t = useTranslations("account.menu");
  const { email } = useAccount();
  const { start } = usePaths();
  return <LinkDone title={title} text={t("signedInAs", { email })} action={{ label: action, href: start }} />;
}
