import { Checkbox, Select, TextInput } from "@mantine/core";
import type { inviteScannerInput, ScannerChoices } from "@tessera/contracts";
import { useDisciplineName, useFormats, type useZodForm } from "@tessera/ui";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useGateName } from "../../shared/use-gate-name.ts";
import { firstDay, venueOf } from "./choices.ts";
import classes from "./TabletFields.module.css";

type TabletFieldsProps = {
  readonly form: ReturnType<typeof useZodForm<typeof inviteScannerInput>>["form"];
  readonly choices: ScannerChoices;
};

/** What a tablet is for: the gate of a venue, what happens there, and what it is called. */
export function TabletFields({ form, choices }: TabletFieldsProps): ReactNode {
  const t = useTranslations("admin.gate.enrol");
  const gateName = useGateName();
  const { date } = useFormats();
  const disciplineName = useDisciplineName();
  const only = choices.length === 1 ? choices[0] : undefined;
  const [venue, setVenue] = useState(() => venueOf(choices, form.getValues().gateId) ?? only);

  const choose = (venueId: string | null): void => {
    const chosen = choices.find((choice) => choice.venueId === venueId);
    setVenue(chosen);
    form.setFieldValue("gateId", "");
    form.setFieldValue("competitionSessionIds", chosen === undefined ? [] : firstDay(chosen));
  };
  return (
    <>
      <Select
        label={t("venue")}
        placeholder={t("venuePlaceholder")}
        nothingFoundMessage={t("noVenue")}
        required
        withAsterisk={false}
        searchable
        allowDeselect={false}
        data={choices.map(({ venueId, venue: name, city }) => ({ value: venueId, label: `${name} · ${city}` }))}
        value={venue?.venueId ?? null}
        onChange={choose}
        // Before it is chosen there is no gate to be wrong.
        error={venue === undefined ? form.errors["gateId"] : undefined}
      />
      {venue !== undefined && (
        <>
          <Select
            {...form.getInputProps("gateId")}
            label={t("gate")}
            placeholder={t("gatePlaceholder")}
            required
            withAsterisk={false}
            allowDeselect={false}
            data={venue.gates.map((gate) => ({ value: gate.id, label: gateName(gate) }))}
          />
          <Checkbox.Group
            {...form.getInputProps("competitionSessionIds")}
            label={t("sessions")}
            description={t("sessionsHint")}
          >
            <div className={classes.sessions}>
              {venue.competitionSessions.map((session) => (
                <Checkbox
                  key={session.id}
                  value={session.id}
                  color="laurel"
                  label={`${session.code} · ${disciplineName(session)} · ${date(session.startsAt, session.timeZone, "dateTime")}`}
                />
              ))}
            </div>
          </Checkbox.Group>
        </>
      )}
      <TextInput
        {...form.getInputProps("name")}
        label={t("name")}
        description={t("nameHint")}
        required
        withAsterisk={false}
        maxLength={60}
        autoComplete="off"
      />
    </>
  );
}
