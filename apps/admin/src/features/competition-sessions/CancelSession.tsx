import { Button, Stack, TextInput, Title } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type AdminCompetitionSession, cancelCompetitionSessionInput } from "@tessera/contracts";
import { FormAlert, SettingDialog, useFormats, useTRPC, useZodForm } from "@tessera/ui";
import { type ReactNode, useId, useState } from "react";
import { useTranslations } from "use-intl";
import { NoteAndButtons } from "../../shared/NoteAndButtons.tsx";
import { useNotify } from "../../shared/use-notify.ts";
import { useSessionCache } from "./use-session-cache.ts";
import classes from "./Session.module.css";

/** What cannot be undone: it asks for the code and a reason, and says with numbers what will happen. */
export function CancelSession({ found }: { readonly found: AdminCompetitionSession }): ReactNode {
  const t = useTranslations("admin.competitionSession.cancel");
  const [asking, setAsking] = useState(false);
  const heading = useId();
  const { code, state } = found.competitionSession;
  return (
    <>
      {state === "scheduled" && (
        <section className={`${classes.section} ${classes.danger}`} aria-labelledby={heading}>
          <Title order={2} id={heading}>
            {t("title")}
          </Title>
          <p className={classes.text}>{t("text")}</p>
          <Button variant="outline" color="terracotta" onClick={() => setAsking(true)}>
            {t("action")}
          </Button>
        </section>
      )}
      {/* It stays when another admin is faster, and says so by what the page shows then. */}
      <SettingDialog
        opened={asking && state === "scheduled"}
        onClose={() => setAsking(false)}
        title={t("dialogTitle", { code })}
      >
        <CancelForm found={found} onClose={() => setAsking(false)} />
      </SettingDialog>
    </>
  );
}

type CancelFormProps = { readonly found: AdminCompetitionSession; readonly onClose: () => void };

function CancelForm({ found, onClose }: CancelFormProps): ReactNode {
  const t = useTranslations("admin.competitionSession.cancel");
  const trpc = useTRPC();
  const cache = useSessionCache();
  const notify = useNotify();
  const { id: competitionSessionId, code } = found.competitionSession;
  const cancel = useMutation(
    trpc.admin.catalogue.cancelCompetitionSession.mutationOptions({
      onError: () => cache.lookAgain(competitionSessionId),
    }),
  );
  const [schema] = useState(() =>
    cancelCompetitionSessionInput
      .pick({ code: true, note: true })
      .refine((typed) => typed.code === code, { message: "other_code", path: ["code"] }),
  );
  const { form, onSubmit, pending, failure } = useZodForm(schema, {
    initialValues: { code: "", note: "" },
    customIssues: { other_code: t("otherCode", { code }) },
    submit: async (typed) => {
      cache.keep(await cancel.mutateAsync({ competitionSessionId, ...typed }));
      notify(t("done", { code }));
      onClose();
    },
  });
  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack gap="md">
        <FormAlert failure={failure} />
        <WhatHappens found={found} />
        <NoteAndButtons
          note={form.getInputProps("note")}
          words={{ note: t("note"), noteHint: t("noteHint"), cancel: t("keep"), submit: t("submit") }}
          pending={pending}
          onCancel={onClose}
        >
          <TextInput
            {...form.getInputProps("code")}
            label={t("code")}
            description={t("codeHint", { code })}
            required
            withAsterisk={false}
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
          />
        </NoteAndButtons>
      </Stack>
    </form>
  );
}

function WhatHappens({ found: { owed, categories, currency } }: Pick<CancelFormProps, "found">): ReactNode {
  const t = useTranslations("admin.competitionSession.cancel");
  const { price } = useFormats();
  const admitted = categories.reduce((sum, category) => sum + category.admitted, 0);
  return (
    <ul className={classes.happens}>
      <li>
        <strong>
          {t("paid", {
            orders: owed.orders,
            tickets: t("tickets", { count: owed.tickets }),
            price: price(owed.amountCents, currency),
          })}
        </strong>
      </li>
      {admitted > 0 && <li>{t("admitted", { count: admitted })}</li>}
      {owed.unpaidOrders > 0 && <li>{t("unpaid", { count: owed.unpaidOrders })}</li>}
      <li>{t("atOnce")}</li>
      <li>{t("packages")}</li>
      <li>{t("mail")}</li>
    </ul>
  );
}
