import type { ReactNode } from "react";
import classes from "./Facts.module.css";

type FactsProps = { readonly facts: readonly { readonly name: string; readonly value: ReactNode }[] };

/** Names and what they stand for, in two columns. */
export function Facts({ facts }: FactsProps): ReactNode {
  return (
    <dl className={classes.facts}>
      {facts.map(({ name, value }) => (
        <div key={name} className={classes.fact}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
