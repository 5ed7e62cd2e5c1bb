import { type ReactNode, useEffect, useRef } from "react";
import classes from "./Offers.module.css";

/** What has just been done, where the buttons for it were. It takes the focus, which went with them. */
export function Said({ words }: { readonly words: string }): ReactNode {
  const status = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (words !== "") status.current?.focus();
  }, [words]);
  return (
    <p ref={status} role="status" tabIndex={-1} className={classes.said} hidden={words === ""}>
      {words}
    </p>
  );
}
