import { Mark } from "@tessera/ui";
import { type ReactNode, useEffect, useState } from "react";
import classes from "./ClosingMark.module.css";

/** The two halves, open at first, so that one sees them meet also when the page opens with everything done. */
export function ClosingMark({ closed }: { readonly closed: boolean }): ReactNode {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const frame = requestAnimationFrame(() => setShown(closed));
    return () => cancelAnimationFrame(frame);
  }, [closed]);
  return (
    <span className={classes.mark} data-closed={shown}>
      <Mark size={48} closed={shown} />
    </span>
  );
}
