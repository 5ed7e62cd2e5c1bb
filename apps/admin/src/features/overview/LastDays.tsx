import { Button, Collapse, Table, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import type { SalesSummary } from "@tessera/contracts";
import { Price, useFormats } from "@tessera/ui";
import { type ReactNode, useId, useMemo } from "react";
import { useTranslations } from "use-intl";
import { BarFigure } from "../../shared/BarFigure.tsx";
import classes from "./Section.module.css";

/** Days of the API are days in UTC. */
const utc = "UTC";

/** Sales of the last 30 days: a chart, a sentence, and on demand a table with every number. */
export function LastDays({ summary: { days, currency } }: { readonly summary: SalesSummary }): ReactNode {
  const t = useTranslations("admin.overview");
  const { date, price, number } = useFormats();
  const [opened, { toggle }] = useDisclosure(false);
  const heading = useId();
  const table = useId();
  const bars = useMemo(
    () =>
      days.map(({ day, amountCents }) => ({
        label: date(day, utc, "shortDay"),
        title: date(day, utc, "fullDay"),
        cents: amountCents,
      })),
    [days, date],
  );
  const sum = days.reduce((total, day) => total + day.amountCents, 0);
  const best = days.reduce((one, other) => (other.amountCents > one.amountCents ? other : one), {
    day: "",
    amountCents: 0,
  });
  const caption =
    best.day === ""
      ? t("daysEmpty")
      : t("daysCaption", {
          sum: price(sum, currency),
          day: date(best.day, utc, "day"),
          best: price(best.amountCents, currency),
        });

  return (
    <section className={classes.section} aria-labelledby={heading}>
      <div className={classes.head}>
        <Title order={2} id={heading}>
          {t("daysTitle")}
        </Title>
        <Button variant="subtle" color="sky" onClick={toggle} aria-expanded={opened} aria-controls={table}>
          {t(opened ? "hideTable" : "showTable")}
        </Button>
      </div>
      <BarFigure bars={bars} direction="days" caption={caption} />
      <Collapse expanded={opened} id={table}>
        <Table captionSide="top">
          <Table.Caption>{t("daysTable")}</Table.Caption>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t("day")}</Table.Th>
              <Table.Th scope="col" ta="right">
                {t("tickets")}
              </Table.Th>
              <Table.Th scope="col" ta="right">
                {t("revenue")}
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {days.toReversed().map(({ day, tickets, amountCents }) => (
              <Table.Tr key={day}>
                <Table.Th scope="row" fw={400}>
                  {date(day, utc, "day")}
                </Table.Th>
                <Table.Td ta="right">{number(tickets)}</Table.Td>
                <Table.Td ta="right">
                  <Price cents={amountCents} currency={currency} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Collapse>
    </section>
  );
}
