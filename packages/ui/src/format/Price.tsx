import type { Currency } from "@tessera/contracts";
import type { ReactNode } from "react";
import { useFormats } from "./use-formats.ts";

type PriceProps = {
  /** Integer cents. */
  readonly cents: number;
  readonly currency: Currency;
  /** Leaves out `,00`: for lists of round prices, never for a sum to pay. */
  readonly whole?: boolean;
};

/** An amount of money, in figures of one width. */
export function Price({ cents, currency, whole = false }: PriceProps): ReactNode {
  const { price } = useFormats();
  return (
    <span className="tabular" style={{ whiteSpace: "nowrap" }}>
      {price(cents, currency, whole)}
    </span>
  );
}
