import { Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useAccount, useTRPC } from "@tessera/ui";
import { type ReactNode, useId } from "react";
import { useTranslations } from "use-intl";
import { TextLink } from "../../shared/links.tsx";
import classes from "./GateNow.module.css";

/** What tablets do while they are cut off: supervisors must know it, admins can change it. */
export function PolicyLine({ competitionSessionId }: { readonly competitionSessionId: string }): ReactNode {
  const t = useTranslations("admin.gate.now");
  const { role } = useAccount();
  const trpc = useTRPC();
  const heading = useId();
  const { data } = useQuery(trpc.admin.gate.policy.queryOptions({ competitionSessionId }, { refetchInterval: 30_000 }));
  if (data === undefined) return null;
  return (
    <section className={classes.section} aria-labelledby={heading}>
      <Title order={2} id={heading}>
        {t("policy")}
      </Title>
      <p className={classes.text}>{t(data.offlineAdmission === "any" ? "policyAny" : "policyHome")}</p>
      {role === "admin" && (
        <TextLink to="/competition-sessions/$competitionSessionId" params={{ competitionSessionId }}>
          {t("changePolicy")}
        </TextLink>
      )}
    </section>
  );
}
