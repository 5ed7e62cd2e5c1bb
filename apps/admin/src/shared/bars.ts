export type Bar = {
  /** Short, for the axis. */
  readonly label: string;
  /** Whole, for the tooltip. */
  readonly title: string;
  readonly cents: number;
};

export type Bars = {
  readonly bars: readonly Bar[];
  /** Bars that stand on a line of days, or that lie below one another by rank. */
  readonly direction: "days" | "ranks";
};
