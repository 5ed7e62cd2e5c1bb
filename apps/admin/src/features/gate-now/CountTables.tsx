import { Title } from "@mantine/core";
import type { GateCounts } from "@tessera/contracts";
import { useFormats } from "@tessera/ui";
import { type ReactNode, useId } from "react";
import { useTranslations } from "use-intl";
import { useGateName } from "../../shared/use-gate-name.ts";
import classes from "./GateNow.module.css";

type CountsProps = { readonly counts: GateCounts };

/** Who went through which gate, and how fast it goes there now. */
export function GateTable({ counts: { gates } }: CountsProps): ReactNode {
  const t = useTranslations("admin.gate.now");
  const gateName = useGateName();
  const { number } = useFormats();
  return (
    <CountTable
      title={t("gates")}
      heads={[t("gateColumn"), t("entries"), t("exits"), t("refusals"), t("lastMinute")]}
      rows={gates.map(({ gate, entries, exits, refusals, scansLastMinute }) => ({
        key: gate.id,
        name: gateName(gate),
        cells: [entries, exits, refusals, scansLastMinute].map(number),
      }))}
    />
  );
}

/** Who is in which zone. */
export function ZoneTable({ counts: { zones, withoutTicket } }: CountsProps): ReactNode {
  const t = useTranslations("admin.gate.now");
  const { number } = useFormats();
  return (
    <CountTable
      title={t("zones")}
      heads={[t("zone"), t("insideShort"), t("entries"), t("exits")]}
      rows={zones.map(({ zone, inside, entries, exits }) => ({
        key: String(zone),
        name: t("zoneOf", { zone }),
        cells: [inside, entries, exits].map(number),
      }))}
      {...(withoutTicket > 0 ? { note: t("zonesHint") } : {})}
    />
  );
}

type CountTableProps = {
  readonly title: string;
  readonly heads: readonly string[];
  readonly rows: readonly { readonly key: string; readonly name: string; readonly cells: readonly string[] }[];
  readonly note?: string;
};

function CountTable({ title, heads, rows, note }: CountTableProps): ReactNode {
  const heading = useId();
  const [first, ...others] = heads;
  return (
    <section className={classes.section} aria-labelledby={heading}>
      <Title order={2} id={heading}>
        {title}
      </Title>
      <table className={classes.table} aria-labelledby={heading}>
        <thead>
          <tr>
            <th scope="col">{first}</th>
            {others.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, name, cells }) => (
            <tr key={key}>
              <th scope="row">{name}</th>
              {cells.map((cell, index) => (
                <td key={others[index]} data-head={others[index]}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {note !== undefined && <p className={classes.quiet}>{note}</p>}
    </section>
  );
}
