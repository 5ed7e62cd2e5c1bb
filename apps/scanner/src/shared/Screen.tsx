import type { ReactNode } from "react";
import classes from "./Screen.module.css";

type ScreenProps = {
  readonly children: ReactNode;
  /** Two columns fit where the tablet is wide enough. */
  readonly wide?: boolean;
  /** Another one follows. */
  readonly intro?: boolean;
};

/** One thing to do, one below the other. */
export function Screen({ children, wide = false, intro = false }: ScreenProps): ReactNode {
  return (
    <section className={classes.screen} data-wide={wide || undefined} data-intro={intro || undefined}>
      {children}
    </section>
  );
}
