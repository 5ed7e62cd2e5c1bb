import { lazy, type ReactNode, Suspense } from "react";
import classes from "./BarFigure.module.css";

export type Bar = {
  /** Short, for the axis. */
  readonly label: string;
  /** Whole, for the tooltip. */
  readonly title: string;
  readonly cents: number;
};

export type BarFigureProps = {
  readonly bars: readonly Bar[];
  /** Bars that stand on a line of days, or that lie below one another by rank. */
  readonly direction: "days" | "ranks";
  /** The figure in one sentence: what a screen reader says instead, and the caption for everybody. */
  readonly caption: string;
};

// recharts is heavier than the page: numbers first.
const BarChartBody = lazy(async () => ({ default: (await import("./BarChartBody.tsx")).BarChartBody }));

/** Amounts of money as bars, with a sentence that says what they show. The exact numbers are in a table beside it. */
export function BarFigure(props: BarFigureProps): ReactNode {
  return (
    <figure className={classes.figure}>
      <div className={classes.chart} data-direction={props.direction} aria-hidden>
        <Suspense>
          <BarChartBody {...props} />
        </Suspense>
      </div>
      <figcaption className={classes.caption}>{props.caption}</figcaption>
    </figure>
  );
}
