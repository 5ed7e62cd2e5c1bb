import { ActionIcon } from "@mantine/core";
import { Pictogram } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import classes from "./QuantityStepper.module.css";

type QuantityStepperProps = {
  /** What is counted: “Duo, category A”. */
  readonly name: string;
  readonly quantity: number;
  /** How many more there may be. */
  readonly left: number;
  readonly least?: number;
  readonly onChange: (quantity: number) => void;
};

/** Fewer, how many, more. */
export function QuantityStepper({ name, quantity, left, least = 0, onChange }: QuantityStepperProps): ReactNode {
  const t = useTranslations("shop.quantity");
  return (
    <div role="group" aria-label={t("count", { name })} className={classes.stepper}>
      <ActionIcon
        variant="outline"
        aria-label={t("fewer", { name })}
        disabled={quantity <= least}
        onClick={() => onChange(quantity - 1)}
      >
        <Pictogram name="minus" size={12} />
      </ActionIcon>
      <output className={classes.quantity}>{quantity}</output>
      <ActionIcon
        variant="outline"
        aria-label={t("more", { name })}
        disabled={left <= 0}
        onClick={() => onChange(quantity + 1)}
      >
        <Pictogram name="plus" size={12} />
      </ActionIcon>
    </div>
  );
}
