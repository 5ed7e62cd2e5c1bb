import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation } from "@tanstack/react-query";
import { apiErrorOf } from "@tessera/client";
import type { AdminOffer } from "@tessera/contracts";
import { FormAlert, useTRPC, useZodForm } from "@tessera/ui";
import { type ReactNode, useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { editedOffer, editedPackage, termsOf, timeZoneOf, valuesOf } from "./offer-form.ts";
import { OfferConflict } from "./OfferConflict.tsx";
import { OfferStateDialog } from "./OfferStateDialog.tsx";
import { TermsFields } from "./TermsFields.tsx";
import { useOfferCache } from "./use-offer-cache.ts";
import { useOfferIssues } from "./use-offer-issues.ts";
import classes from "../../shared/form.module.css";

/**
 * Edits an offer. `offer` is what the server has now; the form stays what it was filled from, so that another admin's
 * change never takes away what is being typed.
 */
export function EditOfferForm({ offer }: { readonly offer: AdminOffer }): ReactNode {
  const t = useTranslations("admin.offerForm");
  const offers = useTranslations("admin.offers");
  const locale = useLocale();
  const trpc = useTRPC();
  const cache = useOfferCache();
  const timeZone = timeZoneOf(offer);
  const isPackage = offer.entries.length > 1;
  const update = useMutation(trpc.admin.catalogue.updateOffer.mutationOptions());
  const [loaded, setLoaded] = useState(offer);
  const [changingState, setChangingState] = useState(false);
  const outdated = offer.version > loaded.version;

  const { form, onSubmit, pending, failure } = useZodForm(isPackage ? editedPackage : editedOffer, {
    initialValues: valuesOf(offer, locale),
    customIssues: useOfferIssues(),
    submit: async (values) => {
      const { id: offerId, version } = loaded;
      try {
        const saved = await update.mutateAsync({ ...termsOf(values, timeZone), offerId, version });
        adopt(saved);
        fill(saved);
        notifications.show({ message: t("saved"), color: "laurel" });
      } catch (error) {
        if (apiErrorOf(error).errorCode !== "conflict") throw error;
        // The newer version is shown beside what was typed.
        await cache.refresh();
      }
    },
  });
  const { salesOpenAt, salesCloseAt } = form.getValues();

  /** From here on the form stands on this version. */
  function adopt(newer: AdminOffer): void {
    cache.keep(newer);
    setLoaded(newer);
  }

  function fill(from: AdminOffer): void {
    const values = valuesOf(from, locale);
    form.setValues(values);
    form.resetDirty(values);
    form.clearErrors();
  }

  return (
    <form className={classes.form} onSubmit={onSubmit} noValidate>
      {outdated && (
        <OfferConflict
          loaded={loaded}
          now={offer}
          onReload={() => {
            setLoaded(offer);
            fill(offer);
          }}
          onKeep={() => setLoaded(offer)}
        />
      )}
      <FormAlert failure={failure} />
      <TermsFields
        getInputProps={(field) => form.getInputProps(field)}
        values={{ salesOpenAt, salesCloseAt }}
        timeZone={timeZone}
        isPackage={isPackage}
      />
      <div className={classes.actions}>
        <Button type="submit" loading={pending} disabled={outdated}>
          {t("save")}
        </Button>
        <Button
          variant="outline"
          color={loaded.state === "published" ? "terracotta" : "ink"}
          disabled={outdated}
          onClick={() => setChangingState(true)}
        >
          {offers(loaded.state === "published" ? "withdraw" : "publish")}
        </Button>
      </div>
      <OfferStateDialog
        offer={changingState ? loaded : null}
        onClose={() => setChangingState(false)}
        onChanged={adopt}
      />
    </form>
  );
}
