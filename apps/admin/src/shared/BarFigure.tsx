import { lazy, type ReactNode, Suspense } from "react";
import type { Bars } from "./bars.ts";
import classes from "./BarFigure.module.css";

type BarFigureProps = Bars & {
  /** The figure in one sentence: what a screen reader says instead, and the caption for everybody. */
  readonly caption: string;
};

// recharts is heavier than the page: numbers first.
const BarChartBody = lazy(async () => ({ default: (await import("./BarChartBody.tsx")).BarChartBody }));

/** Amounts of money as bars, with a sentence that says what they show. The exact numbers are in a table beside it. */
export function BarFigure({ caption, ...bars }: BarFigureProps): ReactNode {
  return (
    <figure className={classes.figure}>
      <div className={classes.chart} data-direction={bars.direction} aria-hidden>
        <Suspense>
          <BarChartBody {...bars} />
        </Suspense>
      </div>
      <figcaption className={classes.caption}>{caption}</figcaption>
    </figure>
  );
}
