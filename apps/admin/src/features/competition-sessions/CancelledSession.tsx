import { Title } from "@mantine/core";
import type { AdminCompetitionSession } from "@tessera/contracts";
import { Price, useFormats, useMoment } from "@tessera/ui";
import { type ReactNode, useId } from "react";
import { useTranslations } from "use-intl";
import { TextLink } from "../../shared/links.tsx";
import classes from "./Session.module.css";

/** The server names so many refunds that were refused. */
const mostFailed = 100;

/** Who has cancelled it and why, and how far paying everybody back has come. Nothing while it takes place. */
export function CancelledSession({ found }: { readonly found: AdminCompetitionSession }): ReactNode {
  const t = useTranslations("admin.competitionSession.cancelled");
  const moment = useMoment();
  const heading = useId();
  const { cancelled } = found;
  if (cancelled === null) return null;
  const { at, by, note } = cancelled;
  const date = moment(at);
  return (
    <section className={`${classes.section} ${classes.cancelled}`} aria-labelledby={heading}>
      <Title order={2} id={heading}>
        {t("title")}
      </Title>
      <p className={classes.text}>
        {by === null ? t("byNobody", { date }) : t("by", { date, name: by.displayName ?? t("deleted") })}{" "}
        {t("note", { note })}
      </p>
      {cancelled.paidBackAt === null ? (
        <Progress found={found} />
      ) : (
        <PaidBack found={found} at={cancelled.paidBackAt} />
      )}
      <Money found={found} />
      <Failed found={found} />
    </section>
  );
}

type PartProps = { readonly found: AdminCompetitionSession };

function Progress({ found: { owed, paidBack } }: PartProps): ReactNode {
  const t = useTranslations("admin.competitionSession.cancelled");
  const done = paidBack.orders;
  const total = done + owed.orders;
  return (
    <div className={classes.progress}>
      <p className={classes.text}>{t("progress", { done, total })}</p>
      <div
        className={classes.track}
        role="progressbar"
        aria-label={t("progressName")}
        aria-valuenow={done}
        aria-valuemin={0}
        aria-valuemax={total}
      >
        <div className={classes.bar} style={{ width: `${total === 0 ? 0 : (100 * done) / total}%` }} />
      </div>
      {owed.unpaidOrders > 0 && (
        <p className={`${classes.text} ${classes.quiet}`}>{t("releasing", { count: owed.unpaidOrders })}</p>
      )}
      <p className={`${classes.text} ${classes.quiet}`}>{t("running")}</p>
    </div>
  );
}

function PaidBack({ found: { paidBack, currency }, at }: PartProps & { readonly at: string }): ReactNode {
  const t = useTranslations("admin.competitionSession.cancelled");
  const { price } = useFormats();
  const moment = useMoment();
  const { orders, tickets, amountCents } = paidBack;
  return (
    <p className={classes.text} role="status">
      {orders === 0
        ? t("nobody")
        : t("done", { date: moment(at), orders, tickets, price: price(amountCents, currency) })}
    </p>
  );
}

/** Where the money is that was asked for. */
function Money({ found: { paidBack } }: PartProps): ReactNode {
  const t = useTranslations("admin.competitionSession.cancelled");
  if (paidBack.orders === 0) return null;
  const states = (["underWay", "succeeded", "failed"] as const).filter((state) => paidBack.refunds[state] > 0);
  return (
    <ul className={classes.figures} aria-label={t("money")}>
      {states.map((state) => (
        <li key={state}>{t(state, { count: paidBack.refunds[state] })}</li>
      ))}
    </ul>
  );
}

function Failed({ found: { failedRefunds, currency } }: PartProps): ReactNode {
  const t = useTranslations("admin.competitionSession.cancelled");
  const heading = useId();
  if (failedRefunds.length === 0) return null;
  return (
    <>
      <Title order={3} id={heading}>
        {t("failedTitle")}
      </Title>
      <p className={classes.text}>{t("failedText")}</p>
      <ul className={classes.list} aria-labelledby={heading}>
        {failedRefunds.map(({ refundId, orderId, reference, amountCents }) => (
          <li key={refundId} className={classes.failedRow}>
            <TextLink to="/orders/$orderId" params={{ orderId }}>
              {t("failedOne", { reference })}
            </TextLink>
            <Price cents={amountCents} currency={currency} />
          </li>
        ))}
      </ul>
      {failedRefunds.length === mostFailed && (
        <p className={`${classes.text} ${classes.quiet}`}>{t("failedFirst", { count: mostFailed })}</p>
      )}
    </>
  );
}
