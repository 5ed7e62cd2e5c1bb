import { Button, Stack } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { apiErrorOf } from "@tessera/client";
import { type AdminOrder, blockTicketInput } from "@tessera/contracts";
import { FormAlert, SettingDialog, useTRPC, useZodForm } from "@tessera/ui";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { NoteAndButtons } from "../../shared/NoteAndButtons.tsx";
import { useNotify } from "../../shared/use-notify.ts";
import { useOrderCache } from "./use-order-cache.ts";
import classes from "./Order.module.css";

type BlockTicketProps = { readonly orderId: string; readonly ticket: AdminOrder["tickets"][number] };

/** Blocks a valid ticket, with a reason, or lifts the block at once. Nothing for one that is used or cancelled. */
export function BlockTicket(props: BlockTicketProps): ReactNode {
  const t = useTranslations("admin.order");
  const [asking, setAsking] = useState(false);
  const { reference, blocked, state } = props.ticket;
  return (
    <>
      {state === "issued" && blocked === null && (
        <Button
          size="compact-sm"
          variant="subtle"
          color="terracotta"
          ml={-8}
          aria-label={t("tickets.blockOne", { reference })}
          onClick={() => setAsking(true)}
        >
          {t("tickets.block")}
        </Button>
      )}
      {state === "issued" && blocked !== null && <LiftBlock {...props} />}
      {/* It stays when the ticket is used or cancelled meanwhile, and says so. */}
      <SettingDialog opened={asking} onClose={() => setAsking(false)} title={t("blockDialog.title", { reference })}>
        <BlockForm {...props} onClose={() => setAsking(false)} />
      </SettingDialog>
    </>
  );
}

function LiftBlock({ orderId, ticket: { id, reference } }: BlockTicketProps): ReactNode {
  const t = useTranslations("admin.order.tickets");
  const trpc = useTRPC();
  const cache = useOrderCache();
  const notify = useNotify();
  const lift = useMutation(
    trpc.admin.tickets.unblock.mutationOptions({
      onSuccess: (found) => {
        cache.keep(found);
        notify(t("unblocked", { reference }));
      },
      onError: () => cache.lookAgain(orderId),
    }),
  );
  return (
    <>
      <FormAlert failure={lift.error} />
      <Button
        size="compact-sm"
        variant="subtle"
        color="ink"
        ml={-8}
        loading={lift.isPending}
        aria-label={t("unblockOne", { reference })}
        onClick={() => lift.mutate({ ticketId: id })}
      >
        {t("unblock")}
      </Button>
    </>
  );
}

const noteOnly = blockTicketInput.pick({ note: true });

type BlockFormProps = BlockTicketProps & { readonly onClose: () => void };

function BlockForm({ orderId, ticket, onClose }: BlockFormProps): ReactNode {
  const t = useTranslations("admin.order.blockDialog");
  const trpc = useTRPC();
  const cache = useOrderCache();
  const notify = useNotify();
  const block = useMutation(trpc.admin.tickets.block.mutationOptions({ onError: () => cache.lookAgain(orderId) }));
  const { form, onSubmit, pending, failure } = useZodForm(noteOnly, {
    initialValues: { note: "" },
    submit: async ({ note }) => {
      cache.keep(await block.mutateAsync({ ticketId: ticket.id, note }));
      notify(t("done", { reference: ticket.reference }));
      onClose();
    },
  });
  const isGone = failure !== null && apiErrorOf(failure).errorCode === "conflict";

  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack gap="md">
        <FormAlert failure={failure} words={isGone ? t("changed") : undefined} />
        <ul className={classes.happens}>
          <li>{t("gate")}</li>
          <li>{t("device")}</li>
          <li>{t("undo")}</li>
        </ul>
        <NoteAndButtons
          note={form.getInputProps("note")}
          words={{
            note: t("note"),
            noteHint: t("noteHint"),
            cancel: t("cancel"),
            submit: t("submit"),
          }}
          pending={pending}
          onCancel={onClose}
        />
      </Stack>
    </form>
  );
}
