import { TextInput } from "@mantine/core";
import { useFormats } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { OfferFormValues } from "./offer-form.ts";
import { toInstant } from "./venue-time.ts";
import classes from "../../shared/form.module.css";

type TermsFieldsProps = {
  /** Mantine's, of the form that the fields are in. */
  readonly getInputProps: (field: keyof OfferFormValues) => object;
  readonly values: Pick<OfferFormValues, "salesOpenAt" | "salesCloseAt">;
  /** The clocks that the window goes by; null until a competition session is chosen. */
  readonly timeZone: string | null;
  /** It lets into several competition sessions, and so has to have a name. */
  readonly isPackage: boolean;
};

/** What can be changed of an offer at any time: price, limit, window, name. */
export function TermsFields({ getInputProps, values, timeZone, isPackage }: TermsFieldsProps): ReactNode {
  const t = useTranslations("admin.offerForm");
  const field = { required: true, withAsterisk: false };
  return (
    <>
      <fieldset className={classes.group}>
        <legend>{t("priceLegend")}</legend>
        <div className={classes.pair}>
          <TextInput
            {...getInputProps("price")}
            {...field}
            label={t("price")}
            description={t("priceHint")}
            inputMode="decimal"
            autoComplete="off"
            rightSection={t("euro")}
          />
          <TextInput
            {...getInputProps("maxPerOrder")}
            {...field}
            label={t("maxPerOrder")}
            description={t("maxPerOrderHint")}
            inputMode="numeric"
            autoComplete="off"
          />
        </div>
      </fieldset>
      <fieldset className={classes.group}>
        <legend>{t("windowLegend")}</legend>
        <p className={classes.hint}>{timeZone === null ? t("windowHint") : t("windowHintAt", { timeZone })}</p>
        <div className={classes.pair}>
          <TextInput
            {...getInputProps("salesOpenAt")}
            type="datetime-local"
            label={t("salesOpenAt")}
            description={<Moment local={values.salesOpenAt} timeZone={timeZone} empty={t("salesOpenNow")} />}
            inputWrapperOrder={["label", "input", "description", "error"]}
          />
          <TextInput
            {...getInputProps("salesCloseAt")}
            type="datetime-local"
            label={t("salesCloseAt")}
            description={<Moment local={values.salesCloseAt} timeZone={timeZone} empty={t("salesCloseNever")} />}
            inputWrapperOrder={["label", "input", "description", "error"]}
          />
        </div>
      </fieldset>
      <fieldset className={classes.group}>
        <legend>{t("nameLegend")}</legend>
        <p className={classes.hint}>{t(isPackage ? "nameHintPackage" : "nameHint")}</p>
        <div className={classes.pair}>
          <TextInput {...getInputProps("nameFr")} label={t("nameFr")} lang="fr" maxLength={120} />
          <TextInput {...getInputProps("nameEn")} label={t("nameEn")} lang="en" maxLength={120} />
        </div>
      </fieldset>
    </>
  );
}

type MomentProps = { readonly local: string; readonly timeZone: string | null; readonly empty: string };

/** The browser writes dates in its own language and order, so that 7/6 may be either: say in words what was understood. */
function Moment({ local, timeZone, empty }: MomentProps): ReactNode {
  const { date } = useFormats();
  if (local === "") return empty;
  if (timeZone === null || Number.isNaN(Date.parse(local))) return null;
  const instant = toInstant(local, timeZone);
  return `${date(instant, timeZone, "fullDay")}, ${date(instant, timeZone, "time")}`;
}
