import { Button } from "@mantine/core";
import type { Role } from "@tessera/contracts";
import { Page, useAccount, useSignOut } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { ButtonLink } from "./links.tsx";

type OnlyForProps = {
  readonly roles: readonly Role[];
  readonly children: ReactNode;
};

/** A page for some of those who may sign in here. Somebody else is told so, and shown the way on. */
export function OnlyFor({ roles, children }: OnlyForProps): ReactNode {
  const { role } = useAccount();
  if (roles.includes(role)) return children;
  return role === "supervisor" ? <NotForSupervisors /> : <NotForAnybody />;
}

function NotForSupervisors(): ReactNode {
  const t = useTranslations("admin.gate");
  return (
    <Page title={t("notForYouTitle")} lead={t("notForYouText")}>
      <div>
        <ButtonLink to="/gate">{t("toGate")}</ButtonLink>
      </div>
    </Page>
  );
}

/** For somebody whose role was taken away while signed in: the server answers nothing any more, so say why. */
function NotForAnybody(): ReactNode {
  const t = useTranslations("admin.forbidden");
  const { email } = useAccount();
  const { signOut, pending } = useSignOut();
  return (
    <Page title={t("title")} lead={t("text", { email })}>
      <div>
        <Button onClick={signOut} loading={pending}>
          {t("otherAccount")}
        </Button>
      </div>
    </Page>
  );
}
