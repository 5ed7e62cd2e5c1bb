import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { HeaderMenu } from "../layout/HeaderMenu.tsx";
import { useAuthState, useSignOut } from "./use-auth.ts";

type AccountMenuProps = {
  /** What a stranger sees instead: the app's own link to sign in. */
  readonly signIn?: ReactNode;
  /** More links, such as “My orders”. */
  readonly children?: ReactNode;
};

/** Who is signed in, and the way out. */
export function AccountMenu({ signIn, children }: AccountMenuProps): ReactNode {
  const t = useTranslations("account.menu");
  const { data: auth } = useAuthState();
  const { signOut } = useSignOut();
  if (auth === undefined) return null;
  if (auth.state === "signed_out") return signIn;
  return (
    <HeaderMenu label={t("label")} pictogram="person">
      <p>{t("signedInAs", { email: auth.account.email })}</p>
      {children}
      <button type="button" onClick={signOut}>
        {t("signOut")}
      </button>
    </HeaderMenu>
  );
}
