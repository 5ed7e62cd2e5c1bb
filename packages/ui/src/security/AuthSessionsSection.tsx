import { Badge, Group, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { AuthSessionView } from "@tessera/contracts";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useTRPC } from "../app/trpc.ts";
import { FormAlert } from "../forms/FormAlert.tsx";
import { ErrorState } from "../states/ErrorState.tsx";
import { LoadingState } from "../states/LoadingState.tsx";
import { ConfirmDialog } from "./ConfirmDialog.tsx";
import { SettingButton } from "./SettingButton.tsx";
import { SettingRow, SettingsSection, useSay } from "./SettingsSection.tsx";
import { useMoment } from "./use-moment.ts";
import classes from "./SettingsSection.module.css";

/** Everywhere that the account is open: end one, or all but this one. */
export function AuthSessionsSection(): ReactNode {
  const t = useTranslations("security.sessions");
  const trpc = useTRPC();
  const sessions = useQuery(trpc.auth.authSessions.list.queryOptions(undefined, { refetchOnMount: "always" }));
  return (
    <SettingsSection title={t("title")} lead={t("lead")}>
      {sessions.isPending ? (
        <LoadingState />
      ) : sessions.data === undefined ? (
        <ErrorState title={t("failedTitle")} error={sessions.error} onRetry={() => void sessions.refetch()} />
      ) : (
        <AuthSessions sessions={sessions.data} />
      )}
    </SettingsSection>
  );
}

function AuthSessions({ sessions }: { readonly sessions: readonly AuthSessionView[] }): ReactNode {
  const t = useTranslations("security.sessions");
  const say = useSay();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [asking, setAsking] = useState(false);
  const endOthers = useMutation(trpc.auth.authSessions.endOthers.mutationOptions());
  const refresh = (): Promise<void> => queryClient.invalidateQueries(trpc.auth.authSessions.list.queryFilter());
  const others = sessions.filter(({ current }) => !current);
  const inOrder = [...sessions.filter(({ current }) => current), ...others];
  return (
    <>
      <ul className={classes.rows} aria-label={t("listLabel")}>
        {inOrder.map((session) => (
          <li key={session.id}>
            <AuthSessionRow session={session} refresh={refresh} />
          </li>
        ))}
      </ul>
      {others.length === 0 ? (
        <SettingRow name={<Text c="dimmed">{t("onlyThis")}</Text>} />
      ) : (
        <div className={classes.foot}>
          <SettingButton danger onClick={() => setAsking(true)}>
            {t("endOthers")}
          </SettingButton>
        </div>
      )}
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={t("endOthersTitle")}
        confirm={t("endOthersSubmit")}
        danger
        onConfirm={async () => {
          await endOthers.mutateAsync();
          await refresh();
          say(t("othersEnded"));
        }}
      >
        {t("endOthersText", { count: others.length })}
      </ConfirmDialog>
    </>
  );
}

type AuthSessionRowProps = { readonly session: AuthSessionView; readonly refresh: () => Promise<void> };

function AuthSessionRow({ session, refresh }: AuthSessionRowProps): ReactNode {
  const t = useTranslations("security.sessions");
  const moment = useMoment();
  const say = useSay();
  const trpc = useTRPC();
  const { browser, system, current, audience, createdAt, lastUsedAt } = session;
  const device =
    system === "" ? browser || t("unknownBrowser") : t("device", { browser: browser || t("unknownBrowser"), system });
  const end = useMutation(
    trpc.auth.authSessions.end.mutationOptions({
      onSuccess: async () => {
        say(t("ended", { device }));
        await refresh();
      },
    }),
  );
  const opened = moment(createdAt);
  return (
    <SettingRow
      name={
        <Group component="span" gap="xs">
          {device}
          {current && (
            <Badge variant="light" color="laurel" miw="max-content">
              {t("current")}
            </Badge>
          )}
        </Group>
      }
      value={
        <Text component="span" size="sm" className="tabular">
          {t(`audience.${audience}`)} · {t("since", { date: opened })}, {t("lastUsed", { date: moment(lastUsedAt) })}
        </Text>
      }
      action={
        current ? undefined : (
          <SettingButton
            label={t("endLabel", { device, date: opened })}
            danger
            loading={end.isPending}
            onClick={() => end.mutate({ authSessionId: session.id })}
          >
            {t("end")}
          </SettingButton>
        )
      }
    >
      {end.isError && <FormAlert failure={end.error} />}
    </SettingRow>
  );
}
