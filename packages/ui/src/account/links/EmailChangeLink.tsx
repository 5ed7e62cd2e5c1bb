import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useTRPCClient } from "../../app/trpc.ts";
import { useRefreshAuth } from "../use-auth.ts";
import { ConfirmLink } from "./ConfirmLink.tsx";
import type { LinkProps } from "./link-props.ts";
import { LinkDone } from "./LinkDone.tsx";
import { usePaths } from "./paths.ts";

/** One of the two addresses says yes to the change. */
export function EmailChangeLink({ secret }: LinkProps): ReactNode {
  const t = useTranslations("account.links.emailChange");
  const links = useTranslations("account.links");
  const client = useTRPCClient();
  const refreshAuth = useRefreshAuth();
  const { start } = usePaths();
  return (
    <ConfirmLink
      kind="email_change"
      title={t("title")}
      text={t("text")}
      submit={t("submit")}
      onSubmit={async () => {
        const standing = await client.auth.email.confirmChange.mutate({ token: secret });
        await refreshAuth();
        return standing;
      }}
    >
      {({ changed }) => (
        <LinkDone
          title={t(changed ? "doneTitle" : "halfTitle")}
          text={t(changed ? "doneText" : "halfText")}
          action={{ label: links("toStart"), href: start }}
        />
      )}
    </ConfirmLink>
  );
}
