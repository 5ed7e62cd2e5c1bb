import { ActionIcon, Menu } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Pictogram } from "../pictograms/Pictogram.tsx";
import { useAuthState, useSignOut } from "./use-auth.ts";

type AccountMenuProps = {
  /** What a stranger sees instead: the app's own link to sign in. */
  readonly signIn?: ReactNode;
  /** More items, such as “My orders”. */
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
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label={t("label")}>
          <Pictogram name="person" size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t("signedInAs", { email: auth.account.email })}</Menu.Label>
        {children}
        <Menu.Item mih={44} onClick={signOut}>
          {t("signOut")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
