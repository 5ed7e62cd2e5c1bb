import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useTRPCClient } from "../../app/trpc.ts";
import { useRefreshAuth } from "../use-auth.ts";
import { ConfirmLink } from "./ConfirmLink.tsx";
import type { LinkProps } from "./link-props.ts";
import { LinkDone } from "./LinkDone.tsx";
import { usePaths } from "./paths.ts";

/** The wait is over: all second factors are cleared. */
export function FactorResetLink({ secret }: LinkProps): ReactNode {
  const t = useTranslations("account.links.factorReset");
  const links = useTranslations("account.links");
  const client = useTRPCClient();
  const refreshAuth = useRefreshAuth();
  const { signIn } = usePaths();
  return (
    <ConfirmLink
      kind="factor_reset"
      title={t("title")}
      text={t("text")}
      submit={t("submit")}
      danger
      onSubmit={async () => {
        await client.auth.factors.completeReset.mutate({ token: secret });
        await refreshAuth();
      }}
    >
      {() => (
        <LinkDone title={t("doneTitle")} text={t("doneText")} action={{ label: links("toSignIn"), href: signIn }} />
      )}
    </ConfirmLink>
  );
}

/** It was somebody else who asked for that. */
export function FactorResetCancelLink({ secret }: LinkProps): ReactNode {
  const t = useTranslations("account.links.factorResetCancel");
  const client = useTRPCClient();
  const { forgotten } = usePaths();
  return (
    <ConfirmLink
      kind="factor_reset_cancel"
      title={t("title")}
      text={t("text")}
      submit={t("submit")}
      onSubmit={() => client.auth.factors.cancelReset.mutate({ token: secret })}
    >
      {() => <LinkDone title={t("doneTitle")} text={t("doneText")} action={{ label: t("change"), href: forgotten }} />}
    </ConfirmLink>
  );
}
