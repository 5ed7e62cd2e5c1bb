import { Switch, Title } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { AdminCompetitionSession } from "@tessera/contracts";
import { FormAlert, useFormats, useTRPC } from "@tessera/ui";
import { type ReactNode, useId, useState } from "react";
import { useTranslations } from "use-intl";
import { useNotify } from "../../shared/use-notify.ts";
import { useSessionCache } from "./use-session-cache.ts";
import classes from "./Session.module.css";

/** Whether tickets may go to somebody else, and until when. */
export function HandOverSwitch({ found }: { readonly found: AdminCompetitionSession }): ReactNode {
  const t = useTranslations("admin.competitionSession.handOver");
  const trpc = useTRPC();
  const cache = useSessionCache();
  const notify = useNotify();
  const { date } = useFormats();
  const heading = useId();
  const { competitionSession, handOver } = found;
  const { id: competitionSessionId, timeZone } = competitionSession;
  const closesAt = date(handOver.closesAt, timeZone, "dateTime");
  // Whether it is over is a matter of minutes, and the page was loaded a short while ago.
  const [now] = useState(() => Date.now());
  const change = useMutation(
    trpc.admin.catalogue.changeHandOver.mutationOptions({
      onSuccess: (changed) => {
        cache.keep(changed);
        notify(t(changed.handOver.allowed ? "nowAllowed" : "nowForbidden"));
      },
      onError: () => cache.lookAgain(competitionSessionId),
    }),
  );
  return (
    <section className={classes.section} aria-labelledby={heading}>
      <Title order={2} id={heading}>
        {t("title")}
      </Title>
      <FormAlert failure={change.error} />
      <Switch
        size="md"
        color="laurel"
        label={t("allowed")}
        checked={handOver.allowed}
        disabled={change.isPending}
        onChange={({ currentTarget: { checked } }) => change.mutate({ competitionSessionId, allowed: checked })}
      />
      <p className={`${classes.text} ${classes.quiet}`}>
        {!handOver.allowed
          ? t("forbidden")
          : t(now < Date.parse(handOver.closesAt) ? "until" : "over", { date: closesAt })}{" "}
        {handOver.offered > 0 && t("offered", { count: handOver.offered })}
      </p>
    </section>
  );
}
