import "@mantine/charts/styles.css";
import { BarChart } from "@mantine/charts";
import { useReducedMotion } from "@mantine/hooks";
import { useFormats } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { Bars } from "./bars.ts";

/** The drawing. It is hidden from screen readers, and so nothing in it takes the focus. */
export function BarChartBody({ bars, direction }: Bars): ReactNode {
  const t = useTranslations("admin.chart");
  const { price } = useFormats();
  const still = useReducedMotion();
  const ranks = direction === "ranks";
  const labels = new Map(bars.map(({ label, title }) => [title, label]));
  const tickFormatter = (title: string): string => shorten(labels.get(title) ?? title);
  const amount = { name: "cents", label: t("amount"), color: "var(--mantine-color-sky-filled)" };
  return (
    <BarChart
      h="100%"
      data={bars.map(({ title, cents }) => ({ title, cents }))}
      dataKey="title"
      series={[amount]}
      orientation={ranks ? "vertical" : "horizontal"}
      valueFormatter={(cents) => price(cents, "EUR")}
      accessibilityLayer={false}
      gridAxis={ranks ? "none" : "x"}
      tickLine="none"
      strokeDasharray="0"
      gridColor="var(--tessera-line)"
      textColor="var(--mantine-color-dimmed)"
      cursorFill="var(--tessera-sunken)"
      maxBarWidth={ranks ? 22 : 28}
      barProps={{ isAnimationActive: !still, animationDuration: 150, radius: 0 }}
      barChartProps={{ margin: { top: 8, right: ranks ? 92 : 8, bottom: 0, left: 0 } }}
      {...(ranks
        ? {
            withXAxis: false,
            yAxisProps: { width: labelWidth(bars.map(({ label }) => label)), interval: 0, tickFormatter },
            withBarValueLabel: true,
            valueLabelProps: { position: "right" as const, formatter: (cents: unknown) => price(Number(cents), "EUR") },
          }
        : {
            xAxisProps: { minTickGap: 24, tickFormatter },
            yAxisProps: { width: 76, tickFormatter: (cents: number) => price(cents, "EUR", true) },
          })}
    />
  );
}

const longestLabel = 18;

/** An offer's name can be a sentence; the tooltip has it whole. */
function shorten(label: string): string {
  return label.length > longestLabel ? `${label.slice(0, longestLabel - 1).trimEnd()}…` : label;
}

/** In pixels: as much as the longest label needs at the size that the axis is written in. */
function labelWidth(labels: readonly string[]): number {
  return 20 + 7.5 * Math.min(longestLabel, Math.max(0, ...labels.map(({ length }) => length)));
}
