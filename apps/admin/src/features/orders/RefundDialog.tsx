import { Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { apiErrorOf } from "@tessera/client";
import { type AdminOrder, refundTicketsInput } from "@tessera/contracts";
import { FormAlert, SettingDialog, useFormats, useTRPC, useZodForm } from "@tessera/ui";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { NoteAndButtons } from "../../shared/NoteAndButtons.tsx";
import { useNotify } from "../../shared/use-notify.ts";
import { forgetRefundKey, refundKey } from "./refund-key.ts";
import { useOrderCache } from "./use-order-cache.ts";
import classes from "./Order.module.css";

type RefundDialogProps = {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly found: AdminOrder;
  readonly ticketIds: readonly string[];
  readonly sumCents: number;
};

/** Asks why, says what happens, and pays back. */
export function RefundDialog(props: RefundDialogProps): ReactNode {
  const t = useTranslations("admin.order.refundDialog");
  // What was asked stays on the screen while the dialog fades away, and whatever happens to the order meanwhile.
  const [asked, setAsked] = useState(props);
  if (props.opened && !asked.opened) setAsked(props);
  if (!props.opened && asked.opened) setAsked({ ...asked, opened: false });
  return (
    <SettingDialog opened={props.opened} onClose={props.onClose} title={t("title", { count: asked.ticketIds.length })}>
      <RefundForm {...asked} onClose={props.onClose} />
    </SettingDialog>
  );
}

const noteOnly = refundTicketsInput.pick({ note: true });

function RefundForm({ onClose, found, ticketIds, sumCents }: RefundDialogProps): ReactNode {
  const t = useTranslations("admin.order.refundDialog");
  const { price } = useFormats();
  const trpc = useTRPC();
  const cache = useOrderCache();
  const notify = useNotify();
  const refund = useMutation(trpc.admin.sales.refundTickets.mutationOptions());
  const { order, buyer } = found;
  const count = ticketIds.length;
  const sum = price(sumCents, order.currency);
  const isFree = sumCents === 0;

  const { form, onSubmit, pending, failure } = useZodForm(noteOnly, {
    initialValues: { note: "" },
    submit: async ({ note }) => {
      const wish = { orderId: order.id, ticketIds: [...ticketIds], note };
      const idempotencyKey = refundKey(wish, sessionStorage, () => crypto.randomUUID());
      try {
        cache.keep(await refund.mutateAsync({ ...wish, idempotencyKey }));
      } catch (error) {
        cache.lookAgain(order.id);
        throw error;
      }
      forgetRefundKey(order.id, sessionStorage);
      notify(t(isFree ? "doneFree" : "done", { count }));
      onClose();
    },
  });

  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack gap="md">
        <FormAlert failure={failure} words={useWordsFor()(failure)} />
        <Text fw={600}>
          {isFree && t("free")}
          {!isFree &&
            (buyer === null ? t("sumDeleted", { price: sum }) : t("sum", { price: sum, buyer: buyer.displayName }))}
        </Text>
        <ul className={classes.happens}>
          <li>{t("codes", { count })}</li>
          <li>{t("seats", { count })}</li>
          <li>{t("mail")}</li>
        </ul>
        <NoteAndButtons
          note={form.getInputProps("note")}
          words={{
            note: t("note"),
            noteHint: t("noteHint"),
            cancel: t("cancel"),
            submit: isFree ? t("submitFree", { count }) : t("submit", { price: sum }),
          }}
          pending={pending}
          onCancel={onClose}
        />
      </Stack>
    </form>
  );
}

/** Says of a lost answer that sending again is safe, and of a refusal that nothing was done. */
function useWordsFor(): (failure: unknown) => string | undefined {
  const t = useTranslations("admin.order.refundDialog");
  return (failure) => {
    if (failure === null) return undefined;
    const { errorCode } = apiErrorOf(failure);
    if (errorCode === "unavailable" || errorCode === "internal" || errorCode === "request_under_way")
      return t("unsure");
    return errorCode === "ticket_not_refundable" ? t("changed") : undefined;
  };
}
