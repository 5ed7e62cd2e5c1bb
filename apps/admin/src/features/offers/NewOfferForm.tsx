import { Button, SegmentedControl, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type AdminOffer, offerKinds } from "@tessera/contracts";
import { FormAlert, useTRPC, useZodForm } from "@tessera/ui";
import { type ReactNode, useId, useState } from "react";
import { useTranslations } from "use-intl";
import { ButtonLink } from "../../shared/links.tsx";
import { newOffer, personsOf, termsOf } from "./offer-form.ts";
import type { SeatPoolChoice } from "./seat-pool-choice.ts";
import { SeatPoolsField } from "./SeatPoolsField.tsx";
import { TermsFields } from "./TermsFields.tsx";
import { useOfferIssues } from "./use-offer-issues.ts";
import classes from "../../shared/form.module.css";

/** Makes a draft: where, for how many, at which price. Several competition sessions make it a package. */
export function NewOfferForm({ onCreated }: { readonly onCreated: (offer: AdminOffer) => void }): ReactNode {
  const t = useTranslations("admin.offerForm");
  const kinds = useTranslations("common.offerKinds");
  const trpc = useTRPC();
  const kindLabel = useId();
  const create = useMutation(trpc.admin.catalogue.createOffer.mutationOptions());
  const [pools, setPools] = useState<readonly SeatPoolChoice[]>([]);
  const timeZone = pools[0]?.competitionSession.timeZone ?? null;
  const isPackage = pools.length > 1;
  const { form, onSubmit, pending, failure } = useZodForm(newOffer, {
    initialValues: {
      seatPoolIds: [],
      kind: "solo",
      persons: "5",
      nameFr: "",
      nameEn: "",
      price: "",
      salesOpenAt: "",
      salesCloseAt: "",
      maxPerOrder: "6",
    },
    customIssues: useOfferIssues(),
    submit: async (values) => {
      const { seatPoolIds, kind, persons } = values;
      const terms = termsOf(values, timeZone ?? "UTC");
      onCreated(await create.mutateAsync({ ...terms, seatPoolIds, kind, persons: personsOf(kind, persons) }));
    },
  });
  const { kind, salesOpenAt, salesCloseAt } = form.getValues();

  return (
    <form className={classes.form} onSubmit={onSubmit} noValidate>
      <FormAlert failure={failure} />
      <SeatPoolsField
        chosen={pools}
        onChoose={(chosen) => {
          setPools(chosen);
          form.setFieldValue(
            "seatPoolIds",
            chosen.map(({ seatPoolId }) => seatPoolId),
          );
        }}
        error={form.errors["seatPoolIds"]}
      />
      <fieldset className={classes.group}>
        <legend id={kindLabel}>{t("kindLegend")}</legend>
        <SegmentedControl
          aria-labelledby={kindLabel}
          bg="var(--tessera-sunken)"
          fullWidth
          data={offerKinds.map((value) => ({ value, label: kinds(value) }))}
          value={kind}
          onChange={(value) => form.setFieldValue("kind", value)}
        />
        {kind === "group" ? (
          <TextInput
            {...form.getInputProps("persons")}
            label={t("persons")}
            description={t("personsHint")}
            required
            withAsterisk={false}
            maw="16rem"
            inputMode="numeric"
            autoComplete="off"
          />
        ) : (
          <p className={classes.hint}>{t(isPackage ? "kindHintPackage" : "kindHint", { count: personsOf(kind, 1) })}</p>
        )}
      </fieldset>
      <TermsFields
        getInputProps={(field) => form.getInputProps(field)}
        values={{ salesOpenAt, salesCloseAt }}
        timeZone={timeZone}
        isPackage={isPackage}
      />
      <div className={classes.actions}>
        <Button type="submit" loading={pending}>
          {t("create")}
        </Button>
        <ButtonLink to="/offers" variant="subtle" color="ink">
          {t("cancel")}
        </ButtonLink>
      </div>
    </form>
  );
}
