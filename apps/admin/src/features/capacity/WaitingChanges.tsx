import { Button, Group, Title } from "@mantine/core";
import type { CapacityChange } from "@tessera/contracts";
import { ConfirmDialog, useAccount, useFormats, useMoment, useTRPCClient } from "@tessera/ui";
import { type ReactNode, useId, useState } from "react";
import { useTranslations } from "use-intl";
import { SessionCell } from "../../shared/SessionCell.tsx";
import { useNotify } from "../../shared/use-notify.ts";
import { useCapacityRefresh } from "./use-capacity-refresh.ts";
import { useCapacityWords } from "./use-capacity-words.ts";
import classes from "./Capacity.module.css";

/** What waits for a second admin. Nothing while nothing does. */
export function WaitingChanges({ changes }: { readonly changes: readonly CapacityChange[] }): ReactNode {
  const t = useTranslations("admin.capacity.waiting");
  const heading = useId();
  if (changes.length === 0) return null;
  return (
    <section className={classes.section} aria-labelledby={heading}>
      <Title order={2} id={heading}>
        {t("title")}
      </Title>
      <ul className={classes.list} aria-labelledby={heading}>
        {changes.map((change) => (
          <Waiting key={change.id} change={change} />
        ))}
      </ul>
    </section>
  );
}

function Waiting({ change }: { readonly change: CapacityChange }): ReactNode {
  const t = useTranslations("admin.capacity.waiting");
  const moment = useMoment();
  const { number } = useFormats();
  const words = useCapacityWords();
  const { id: accountId } = useAccount();
  const [asking, setAsking] = useState<"approve" | "reject" | null>(null);
  const { fromCapacity, toCapacity, requestedBy, capacity } = change;
  const own = requestedBy.id === accountId;
  const outdated = capacity !== fromCapacity;
  const pool = words.pool(change);
  const { seats, percent } = words.difference(fromCapacity, toCapacity);
  return (
    <li className={classes.waiting}>
      <SessionCell competitionSession={change.competitionSession} category={change.category} />
      <div>
        <p className={classes.change}>
          {t("from", { from: number(fromCapacity), to: number(toCapacity) })}{" "}
          <span className={classes.quiet}>
            {seats}, {percent}
          </span>
        </p>
        <p className={classes.quiet}>
          {t("askedBy", { name: requestedBy.displayName ?? t("deleted"), date: moment(change.requestedAt) })}
        </p>
        {outdated ? (
          <p className={classes.text}>{t("outdated", { capacity: number(capacity) })}</p>
        ) : (
          own && <p className={classes.text}>{t("yours")}</p>
        )}
      </div>
      <Group gap="xs" justify="flex-end">
        {!own && !outdated && (
          <Button onClick={() => setAsking("approve")} aria-label={t("approveOne", { pool })}>
            {t("approve")}
          </Button>
        )}
        <Button
          variant="outline"
          color="ink"
          onClick={() => setAsking("reject")}
          aria-label={t(own ? "withdrawOne" : "rejectOne", { pool })}
        >
          {t(own ? "withdraw" : "reject")}
        </Button>
      </Group>
      <Decision change={change} own={own} asking={asking} onClose={() => setAsking(null)} />
    </li>
  );
}

type DecisionProps = {
  readonly change: CapacityChange;
  /** Asked for by whoever looks. */
  readonly own: boolean;
  readonly asking: "approve" | "reject" | null;
  readonly onClose: () => void;
};

function Decision({ change, own, asking, onClose }: DecisionProps): ReactNode {
  const t = useTranslations("admin.capacity.waiting");
  const { catalogue } = useTRPCClient().admin;
  const { number } = useFormats();
  const words = useCapacityWords();
  const refresh = useCapacityRefresh();
  const notify = useNotify();
  const changeId = change.id;
  const pool = words.pool(change);
  const doneBy = (act: () => Promise<unknown>, message: string) => async () => {
    await act();
    notify(message);
    await refresh();
  };
  return (
    <>
      <ConfirmDialog
        opened={asking === "approve"}
        onClose={onClose}
        title={t("approveTitle")}
        confirm={t("approve")}
        wordsFor={words.refusal}
        onConfirm={doneBy(() => catalogue.approveCapacityChange.mutate({ changeId }), t("approved"))}
      >
        {t("approveText", {
          pool,
          from: number(change.fromCapacity),
          to: number(change.toCapacity),
          percent: words.difference(change.fromCapacity, change.toCapacity).percent,
          taken: number(change.taken),
        })}
      </ConfirmDialog>
      <ConfirmDialog
        opened={asking === "reject"}
        onClose={onClose}
        danger
        title={t(own ? "withdrawTitle" : "rejectTitle")}
        confirm={t(own ? "withdraw" : "reject")}
        wordsFor={words.refusal}
        onConfirm={doneBy(() => catalogue.rejectCapacityChange.mutate({ changeId }), t(own ? "withdrawn" : "rejected"))}
      >
        {t("rejectText", { pool, capacity: number(change.capacity) })}
      </ConfirmDialog>
    </>
  );
}
