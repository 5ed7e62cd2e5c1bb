import { Button, Stack, Textarea, Title } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { apiErrorOf } from "@tessera/client";
import { closeIncidentInput, type Incident } from "@tessera/contracts";
import { FormAlert, useFormats, useTRPC, useZodForm } from "@tessera/ui";
import { type ReactNode, useId, useState } from "react";
import { useTranslations } from "use-intl";
import { useNotify } from "../../shared/use-notify.ts";
import classes from "./Incidents.module.css";

/** What was done about an incident: written once, and then read. */
export function CloseIncident({ incident }: { readonly incident: Incident }): ReactNode {
  const t = useTranslations("admin.gate.incident");
  const heading = useId();
  return (
    <section className={classes.section} aria-labelledby={heading}>
      <Title order={2} id={heading}>
        {t("doneTitle")}
      </Title>
      {incident.state === "explained" && <p className={classes.text}>{t("explained")}</p>}
      {incident.done === null ? (
        <CloseForm incident={incident} />
      ) : (
        <Done done={incident.done} timeZone={incident.competitionSession.timeZone} />
      )}
    </section>
  );
}

type DoneProps = { readonly done: NonNullable<Incident["done"]>; readonly timeZone: string };

function Done({ done: { at, by, note }, timeZone }: DoneProps): ReactNode {
  const t = useTranslations("admin.gate.incident");
  const { date } = useFormats();
  return (
    <blockquote className={classes.note}>
      <p>{note}</p>
      <footer className={classes.quiet}>{t("doneBy", { name: by, time: date(at, timeZone, "moment") })}</footer>
    </blockquote>
  );
}

function CloseForm({ incident: { id: incidentId } }: { readonly incident: Incident }): ReactNode {
  const t = useTranslations("admin.gate.incident");
  const { gate } = useTRPC().admin;
  const queryClient = useQueryClient();
  const notify = useNotify();
  const close = useMutation(gate.closeIncident.mutationOptions());
  const [schema] = useState(() => closeIncidentInput.pick({ note: true }));
  const { form, onSubmit, pending, failure } = useZodForm(schema, {
    initialValues: { note: "" },
    submit: async ({ note }) => {
      try {
        queryClient.setQueryData(gate.incident.queryKey({ incidentId }), await close.mutateAsync({ incidentId, note }));
        notify(t("closed"));
      } catch (error) {
        if (apiErrorOf(error).errorCode !== "conflict") throw error;
        // What the other one wrote stands in its place.
        notify(t("alreadyDone"));
        await queryClient.invalidateQueries(gate.incident.queryFilter({ incidentId }));
      }
      void queryClient.invalidateQueries(gate.incidents.pathFilter());
    },
  });
  return (
    <form className={classes.form} onSubmit={onSubmit} noValidate>
      <Stack gap="md">
        <FormAlert failure={failure} />
        <Textarea
          {...form.getInputProps("note")}
          label={t("note")}
          description={t("noteHint")}
          required
          withAsterisk={false}
          maxLength={500}
          autosize
          minRows={3}
          maxRows={8}
        />
        <div>
          <Button type="submit" loading={pending}>
            {t("close")}
          </Button>
        </div>
      </Stack>
    </form>
  );
}
