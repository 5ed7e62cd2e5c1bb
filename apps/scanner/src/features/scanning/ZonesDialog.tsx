import { Modal, Table } from "@mantine/core";
import type { ZoneCount } from "@tessera/scanner-core";
import type { ReactNode } from "react";
import { useLocale, useTranslations } from "use-intl";

type ZonesDialogProps = {
  readonly onClose: () => void;
  readonly zones: readonly ZoneCount[];
};

/** How many are inside, zone by zone. */
export function ZonesDialog({ onClose, zones }: ZonesDialogProps): ReactNode {
  const t = useTranslations("scanner.zones");
  const verdict = useTranslations("scanner.verdict");
  const close = useTranslations("common.actions")("close");
  const numbers = new Intl.NumberFormat(useLocale());
  const sum = (count: (zone: ZoneCount) => number): string =>
    numbers.format(zones.reduce((total, zone) => total + count(zone), 0));
  return (
    <Modal opened onClose={onClose} title={t("title")} returnFocus={false} closeButtonProps={{ "aria-label": close }}>
      <p>{t("lead")}</p>
      <Table fz="lg">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("zone")}</Table.Th>
            <Table.Th ta="end">{t("inside")}</Table.Th>
            <Table.Th ta="end">{t("tickets")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {zones.map(({ zone, inside, tickets }) => (
            <Table.Tr key={zone}>
              <Table.Th scope="row">{verdict("zone", { zone })}</Table.Th>
              <Table.Td ta="end">{numbers.format(inside)}</Table.Td>
              <Table.Td ta="end">{numbers.format(tickets)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
        <Table.Tfoot>
          <Table.Tr>
            <Table.Th scope="row">{t("total")}</Table.Th>
            <Table.Th ta="end">{sum(({ inside }) => inside)}</Table.Th>
            <Table.Th ta="end">{sum(({ tickets }) => tickets)}</Table.Th>
          </Table.Tr>
        </Table.Tfoot>
      </Table>
    </Modal>
  );
}
