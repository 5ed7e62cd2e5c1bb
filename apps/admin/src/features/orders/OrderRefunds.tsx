import { Button, Title } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { apiErrorOf } from "@tessera/client";
import type { AdminOrder, RefundState } from "@tessera/contracts";
import { FormAlert, Pictogram, Price, type StateName, useFormats, useMoment, useTRPC } from "@tessera/ui";
import { type ReactNode, useId } from "react";
import { useTranslations } from "use-intl";
import { useNotify } from "../../shared/use-notify.ts";
import { useOrderCache } from "./use-order-cache.ts";
import classes from "./Order.module.css";

type Refund = AdminOrder["refunds"][number];

const signs: Record<RefundState, { pictogram: StateName; tone: "yes" | "no" | "open" }> = {
  requested: { pictogram: "clock", tone: "open" },
  sent: { pictogram: "clock", tone: "open" },
  succeeded: { pictogram: "ok", tone: "yes" },
  failed: { pictogram: "warning", tone: "no" },
};

/** Money that goes back: why, who has asked, and where it is. Nothing where there is none. */
export function OrderRefunds({ found: { order, refunds } }: { readonly found: AdminOrder }): ReactNode {
  const t = useTranslations("admin.order.refunds");
  const heading = useId();
  if (refunds.length === 0) return null;
  return (
    <section className={classes.section} aria-labelledby={heading}>
      <Title order={2} id={heading}>
        {t("title")}
      </Title>
      <ul className={classes.list} aria-labelledby={heading} aria-live="polite">
        {refunds.map((refund) => (
          <RefundRow key={refund.id} refund={refund} currency={order.currency} />
        ))}
      </ul>
    </section>
  );
}

type RefundRowProps = { readonly refund: Refund; readonly currency: AdminOrder["order"]["currency"] };

function RefundRow({ refund, currency }: RefundRowProps): ReactNode {
  const t = useTranslations("admin.order.refunds");
  const moment = useMoment();
  const { state, reason, note, requestedBy, createdAt, attemptedAt, settledAt, amountCents } = refund;
  const { pictogram, tone } = signs[state];
  return (
    <li className={classes.row}>
      <div>
        <p className={classes.text}>{t(`reasons.${reason}`)}</p>
        <p className={`${classes.text} ${classes.quiet}`}>
          {requestedBy !== null && <>{t("by", { name: requestedBy })} · </>}
          {moment(createdAt)}
        </p>
        {note !== null && <p className={classes.text}>{t("note", { note })}</p>}
      </div>
      <div className={classes.middle}>
        <span className={classes.state} data-tone={tone}>
          <Pictogram name={pictogram} size={18} />
          {t(`states.${state}`)}
        </span>
        {state === "succeeded" && settledAt !== null && (
          <p className={`${classes.text} ${classes.quiet}`}>{t("settledAt", { date: moment(settledAt) })}</p>
        )}
        {state !== "succeeded" && attemptedAt !== null && (
          <p className={`${classes.text} ${classes.quiet}`}>{t("attemptedAt", { date: moment(attemptedAt) })}</p>
        )}
      </div>
      <div className={classes.amount}>
        <Price cents={amountCents} currency={currency} />
      </div>
      {state === "failed" && <Retry refund={refund} currency={currency} />}
    </li>
  );
}

function Retry({ refund, currency }: RefundRowProps): ReactNode {
  const t = useTranslations("admin.order.refunds");
  const { price } = useFormats();
  const trpc = useTRPC();
  const cache = useOrderCache();
  const notify = useNotify();
  const { mutate, isPending, error } = useMutation(
    trpc.admin.sales.retryRefund.mutationOptions({
      onSuccess: (found) => {
        cache.keep(found);
        notify(t("retried"));
      },
    }),
  );
  // Another admin has had it tried again: the page shows that by itself in a moment.
  const refused = error !== null && apiErrorOf(error).errorCode !== "conflict";
  return (
    <div className={classes.below}>
      {refused && <FormAlert failure={error} />}
      <p className={classes.text}>{t("failedText")}</p>
      <Button
        mt="xs"
        variant="outline"
        color="ink"
        loading={isPending}
        onClick={() => mutate({ refundId: refund.id })}
        aria-label={t("retryOne", { price: price(refund.amountCents, currency) })}
      >
        {t("retry")}
      </Button>
    </div>
  );
}
