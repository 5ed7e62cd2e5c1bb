import type { ReactNode } from "react";
import classes from "./StickyBar.module.css";

/** A page's one main action, in reach of the thumb however long the page is; `children` say what it is about. */
export function StickyBar({
  children,
  action,
}: {
  readonly children: ReactNode;
  readonly action: ReactNode;
}): ReactNode {
  return (
    <div className={classes.bar}>
      <div>{children}</div>
      <div className={classes.action}>{action}</div>
    </div>
  );
}
