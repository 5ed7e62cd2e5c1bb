import type { ReactNode } from "react";
import { Mark } from "../mark/Mark.tsx";
import classes from "./Steps.module.css";

type StepsProps = {
  readonly children: ReactNode;
  /** What was begun is whole. */
  readonly closed?: boolean;
};

/** One step on the screen at a time, below the mark. */
export function Steps({ children, closed = false }: StepsProps): ReactNode {
  return (
    <section className={classes.flow}>
      <Mark size={48} closed={closed} />
      {children}
    </section>
  );
}
