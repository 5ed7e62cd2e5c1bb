import { Badge, Button, Group, Text, Title } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { InvitationView } from "@tessera/contracts";
import { ConfirmDialog, useMoment, useTRPC } from "@tessera/ui";
import { type ReactNode, useId, useState } from "react";
import { useTranslations } from "use-intl";
import { type RecordColumn, RecordTable } from "../../shared/RecordTable.tsx";
import { useNotify } from "../../shared/use-notify.ts";
import type { Invitee } from "./InviteDialog.tsx";
import { useStaffRefresh } from "./use-staff-refresh.ts";
import cells from "../../shared/cells.module.css";
import classes from "./Invitations.module.css";

type InvitationsProps = {
  readonly invitations: readonly InvitationView[];
  /** By the server's clock or near it, unix milliseconds. */
  readonly nowMs: number;
  readonly onInviteAgain: (invitee: Invitee) => void;
};

/** Who is invited and has not answered; a link that has expired can be sent anew. */
export function Invitations({ invitations, nowMs, onInviteAgain }: InvitationsProps): ReactNode {
  const t = useTranslations("admin.staff.invitations");
  const roles = useTranslations("security.roles");
  const staff = useTranslations("admin.staff");
  const heading = useId();
  const moment = useMoment();
  const isExpired = ({ expiresAt }: InvitationView): boolean => Date.parse(expiresAt) <= nowMs;
  const columns: RecordColumn<InvitationView>[] = [
    {
      key: "person",
      title: staff("person"),
      width: "18rem",
      render: ({ email }) => <span className={`${cells.first} ${cells.anyLength}`}>{email}</span>,
    },
    { key: "role", title: staff("role"), render: ({ role }) => roles(role) },
    {
      key: "by",
      title: t("invitedBy"),
      render: ({ invitedBy }) => <span className={cells.anyLength}>{invitedBy ?? t("byCommand")}</span>,
    },
    { key: "sentAt", title: t("sentAt"), render: ({ createdAt }) => moment(createdAt) },
    {
      key: "expiresAt",
      title: t("expiresAt"),
      render: (invitation) =>
        isExpired(invitation) ? (
          <Badge variant="light" color="terracotta" miw="max-content">
            {t("expired")}
          </Badge>
        ) : (
          moment(invitation.expiresAt)
        ),
    },
    {
      key: "actions",
      title: staff("actions"),
      bare: true,
      width: "1%",
      render: (invitation) => (
        <Group gap={4} wrap="nowrap" justify="flex-end">
          {isExpired(invitation) && (
            <Button
              variant="subtle"
              color="sky"
              size="sm"
              px="xs"
              mih={44}
              aria-label={t("againOne", { email: invitation.email })}
              onClick={() => onInviteAgain(invitation)}
            >
              {t("again")}
            </Button>
          )}
          <Revoke invitation={invitation} />
        </Group>
      ),
    },
  ];
  return (
    <section className={classes.section} aria-labelledby={heading}>
      <Title order={2} size="h3" id={heading}>
        {t("title")}
      </Title>
      <Text c="dimmed" size="sm">
        {t("lead")}
      </Text>
      {invitations.length === 0 ? (
        <Text>{t("none")}</Text>
      ) : (
        <RecordTable
          label={t("title")}
          rows={invitations}
          idOf={({ id }) => id}
          columns={columns}
          total={invitations.length}
          page={1}
          pageSize={invitations.length}
          onPage={() => undefined}
          stale={false}
        />
      )}
    </section>
  );
}

function Revoke({ invitation }: { readonly invitation: InvitationView }): ReactNode {
  const t = useTranslations("admin.staff.invitations");
  const trpc = useTRPC();
  const refresh = useStaffRefresh();
  const notify = useNotify();
  const [asking, setAsking] = useState(false);
  const revoke = useMutation(trpc.admin.staff.revokeInvitation.mutationOptions());
  const { id, email } = invitation;
  return (
    <>
      <Button
        variant="subtle"
        color="terracotta"
        size="sm"
        px="xs"
        mih={44}
        aria-label={t("revokeOne", { email })}
        onClick={() => setAsking(true)}
      >
        {t("revoke")}
      </Button>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        danger
        title={t("revokeTitle")}
        confirm={t("revokeSubmit")}
        onConfirm={async () => {
          await revoke.mutateAsync({ invitationId: id });
          await refresh();
          notify(t("revoked", { email }));
        }}
      >
        {t("revokeText", { email })}
      </ConfirmDialog>
    </>
  );
}
