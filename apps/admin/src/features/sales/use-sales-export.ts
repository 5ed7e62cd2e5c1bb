import { useMutation } from "@tanstack/react-query";
import type { SalesByCompetitionSession, SalesByOffer } from "@tessera/contracts";
import { useDisciplineName, useOfferName, useTRPCClient } from "@tessera/ui";
import { useTranslations } from "use-intl";
import type { SalesSearch } from "../../shared/addresses.ts";
import { toCsv, toDecimal } from "./csv.ts";

/** The most that the API gives at once. */
const pageSize = 100;

/** Saves what the table shows, all pages of it, as a CSV file. */
export function useSalesExport({ search = "", by = "offers", sort = "amount" }: SalesSearch) {
  const t = useTranslations("admin.sales");
  const client = useTRPCClient();
  const disciplineName = useDisciplineName();
  const offerName = useOfferName();

  const sessionHead = [t("code"), t("discipline"), t("events"), t("venue"), t("startsAt")];
  const sessionFields = ({
    competitionSession,
  }: {
    competitionSession: SalesByOffer["rows"][number]["competitionSession"];
  }) => [
    competitionSession.code,
    disciplineName(competitionSession),
    competitionSession.events,
    competitionSession.venue,
    competitionSession.startsAt,
  ];

  async function readOffers(): Promise<(string | number)[][]> {
    const rows = await readPages((page) => client.admin.sales.byOffer.query({ search, sort, page, pageSize }));
    const head = [...sessionHead, t("category"), t("offer"), t("tickets"), t("revenueEuro"), t("taxEuro")];
    return [
      head,
      ...rows.map((row) => [
        ...sessionFields(row),
        row.category,
        offerName(row),
        row.tickets,
        toDecimal(row.amountCents),
        toDecimal(row.taxCents),
      ]),
    ];
  }

  async function readSessions(): Promise<(string | number)[][]> {
    const rows = await readPages((page) =>
      client.admin.sales.byCompetitionSession.query({ search, sort, page, pageSize }),
    );
    const head = [...sessionHead, t("taken"), t("capacity"), t("tickets"), t("revenueEuro"), t("taxEuro")];
    return [
      head,
      ...rows.map((row) => [
        ...sessionFields(row),
        row.taken,
        row.capacity,
        row.tickets,
        toDecimal(row.amountCents),
        toDecimal(row.taxCents),
      ]),
    ];
  }

  return useMutation({
    networkMode: "always",
    mutationFn: async () => {
      const rows = by === "offers" ? await readOffers() : await readSessions();
      save(toCsv(rows), `${t(by === "offers" ? "fileByOffer" : "fileBySession")}.csv`);
    },
  });
}

async function readPages<Row>(
  read: (page: number) => Promise<Pick<SalesByOffer | SalesByCompetitionSession, "total"> & { rows: Row[] }>,
): Promise<Row[]> {
  const { total, rows } = await read(1);
  for (let page = 2; (page - 1) * pageSize < total; page += 1) rows.push(...(await read(page)).rows);
  return rows;
}

function save(text: string, fileName: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(url);
}
