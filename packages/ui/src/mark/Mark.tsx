import type { ReactNode } from "react";
import classes from "./Mark.module.css";

type MarkProps = {
  /** The two halves meet: a payment succeeded, a ticket is active, a gate says yes. */
  readonly closed?: boolean;
  /** Edge in pixels. */
  readonly size?: number;
  /** Words for screen readers, where no text beside it says the same. */
  readonly label?: string;
};

/** The two halves of a token: a disc cut by a stepped line. They take 150 ms to close, or none with reduced motion. */
export function Mark({ closed = false, size = 32, label }: MarkProps): ReactNode {
  const accessible = label === undefined ? { "aria-hidden": true } : { role: "img", "aria-label": label };
  return (
    <svg
      {...accessible}
      className={classes.mark}
      data-closed={closed}
      width={size}
      height={size}
      viewBox="0 0 24 24"
      focusable="false"
    >
      {/* The cut runs from (15, 3) to (9, 21), which lie opposite each other on a circle of radius 9.5 around (12, 12). */}
      <path d="M15 2.987V9H12V15H9V21.013A9.5 9.5 0 0 1 15 2.987z" />
      <path d="M15 2.987V9H12V15H9V21.013A9.5 9.5 0 0 0 15 2.987z" />
    </svg>
  );
}
