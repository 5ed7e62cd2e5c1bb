import { Button, Stack, Text, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { apiErrorOf } from "@tessera/client";
import { changeCapacityInput, type CompetitionSessionSummary } from "@tessera/contracts";
import { FormAlert, Pictogram, SettingDialog, useFormats, useTRPC, useZodForm } from "@tessera/ui";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { z } from "zod";
import { SessionCell } from "../../shared/SessionCell.tsx";
import { useNotify } from "../../shared/use-notify.ts";
import { parseWholeNumber, wholeNumber } from "../../shared/whole-number.ts";
import { isLarge } from "./capacity-changes.ts";
import { useCapacityRefresh } from "./use-capacity-refresh.ts";
import { useCapacityWords } from "./use-capacity-words.ts";
import classes from "./Capacity.module.css";

export type SeatPool = {
  readonly seatPoolId: string;
  readonly competitionSession: CompetitionSessionSummary;
  readonly category: string;
  readonly capacity: number;
  readonly taken: number;
};

type ChangeCapacityDialogProps = {
  /** As it was when it was chosen; null while none is. */
  readonly pool: SeatPool | null;
  readonly onClose: () => void;
};

/** Asks for the new number, and says before it is sent whether it takes a second admin. */
export function ChangeCapacityDialog({ pool, onClose }: ChangeCapacityDialogProps): ReactNode {
  const t = useTranslations("admin.capacity.dialog");
  // The words stay while the dialog fades away.
  const [shown, setShown] = useState(pool);
  if (pool !== null && pool !== shown) setShown(pool);
  return (
    <SettingDialog opened={pool !== null} onClose={onClose} title={t("title")}>
      {shown !== null && <ChangeForm key={shown.seatPoolId} pool={shown} onDone={onClose} />}
    </SettingDialog>
  );
}

type ChangeFormProps = { readonly pool: SeatPool; readonly onDone: () => void };

function ChangeForm({ pool, onDone }: ChangeFormProps): ReactNode {
  const t = useTranslations("admin.capacity.dialog");
  const words = useCapacityWords();
  const { number } = useFormats();
  const trpc = useTRPC();
  const refresh = useCapacityRefresh();
  const notify = useNotify();
  const change = useMutation(trpc.admin.catalogue.changeCapacity.mutationOptions());
  // Newer than the page knows, once the server has said so.
  const [now, setNow] = useState<Pick<SeatPool, "capacity" | "taken">>(pool);

  const { form, onSubmit, pending, failure } = useZodForm(schemaFor(now), {
    initialValues: { capacity: String(pool.capacity) },
    customIssues: { same: t("same"), below: t("below", { taken: number(now.taken) }) },
    fieldOfError: { capacity_below_taken: "capacity" },
    submit: async ({ capacity }) => {
      try {
        const made = await change.mutateAsync({ seatPoolId: pool.seatPoolId, capacity, from: now.capacity });
        const waits = made.state === "awaiting_approval";
        notify(waits ? t("asked") : t("applied", { pool: words.pool(pool), capacity: number(capacity) }));
      } catch (error) {
        const { errorCode, details } = apiErrorOf(error);
        const { capacity: newer, taken } = details;
        if (errorCode === "conflict" && typeof newer === "number") setNow({ ...now, capacity: newer });
        if (errorCode === "capacity_below_taken" && typeof taken === "number") setNow({ ...now, taken });
        throw error;
      }
      onDone();
      await refresh();
    },
  });

  const typed = parseWholeNumber(form.getValues().capacity);
  const capacity = typed === null || typed < now.taken ? now.capacity : typed;
  const changes = capacity !== now.capacity;
  const large = isLarge(now.capacity, capacity);
  const { seats, percent } = words.difference(now.capacity, capacity);
  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack gap="md">
        <FormAlert failure={failure} words={refusal(failure)} />
        <SessionCell competitionSession={pool.competitionSession} category={pool.category} />
        <Text>{t("now", { capacity: number(now.capacity), taken: number(now.taken) })}</Text>
        <TextInput
          {...form.getInputProps("capacity")}
          label={t("field")}
          description={t("fieldHint", { taken: number(now.taken) })}
          required
          withAsterisk={false}
          inputMode="numeric"
          autoComplete="off"
          data-autofocus
        />
        <div role="status">
          {changes && (
            <p className={classes.announced}>
              <Pictogram name={large ? "people" : "ok"} size={18} />
              {t(large ? "large" : "small", { count: Math.abs(capacity - now.capacity), difference: seats, percent })}
            </p>
          )}
        </div>
        <Button type="submit" loading={pending}>
          {t(large ? "ask" : "submit")}
        </Button>
      </Stack>
    </form>
  );

  function refusal(error: unknown): string | undefined {
    if (error === null) return undefined;
    const { errorCode, details } = apiErrorOf(error);
    if (errorCode !== "conflict") return words.refusal(error);
    return typeof details["capacity"] === "number"
      ? t("changed", { capacity: number(details["capacity"]) })
      : t("waitsAlready");
  }
}

/** What the API takes, and what it would refuse anyway. */
function schemaFor({ capacity: current, taken }: Pick<SeatPool, "capacity" | "taken">) {
  return z
    .object({ capacity: wholeNumber(changeCapacityInput.shape.capacity) })
    .refine(({ capacity }) => capacity >= taken, { message: "below", path: ["capacity"] })
    .refine(({ capacity }) => capacity !== current, { message: "same", path: ["capacity"] });
}
