import { Button, Group } from "@mantine/core";
import type { AdminOffer } from "@tessera/contracts";
import { Price, useFormats, useOfferName } from "@tessera/ui";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { FillBar } from "../../shared/FillBar.tsx";
import { ButtonLink } from "../../shared/links.tsx";
import { type RecordColumn, RecordTable } from "../../shared/RecordTable.tsx";
import { SessionCell } from "../../shared/SessionCell.tsx";
import { OfferStateBadge } from "./OfferStateBadge.tsx";
import { OfferStateDialog } from "./OfferStateDialog.tsx";
import cells from "../../shared/cells.module.css";

type OfferTableProps = {
  readonly offers: readonly AdminOffer[];
  readonly total: number;
  readonly page: number;
  readonly pageSize: number;
  readonly onPage: (page: number) => void;
  readonly stale: boolean;
};

/** Offers with what they cost, how they sell, and the way to change them. */
export function OfferTable({ offers, ...list }: OfferTableProps): ReactNode {
  const t = useTranslations("admin.offers");
  const { number } = useFormats();
  const offerName = useOfferName();
  const [changing, setChanging] = useState<AdminOffer | null>(null);

  const columns: RecordColumn<AdminOffer>[] = [
    {
      key: "session",
      title: t("session"),
      width: "16rem",
      render: ({ entries: [first, ...others] }) =>
        first && <SessionCell competitionSession={first.competitionSession} others={others.length} />,
    },
    { key: "offer", title: t("offer"), render: (offer) => <OfferCell offer={offer} /> },
    {
      key: "price",
      title: t("price"),
      numeric: true,
      render: ({ priceCents, currency }) => <Price cents={priceCents} currency={currency} />,
    },
    { key: "sold", title: t("sold"), numeric: true, render: ({ unitsSold }) => number(unitsSold) },
    {
      key: "seats",
      title: t("seats"),
      width: "11rem",
      render: ({ entries: [first] }) => first && <FillBar taken={first.taken} capacity={first.capacity} />,
    },
    { key: "state", title: t("state"), render: ({ state }) => <OfferStateBadge state={state} /> },
    {
      key: "actions",
      title: t("actions"),
      bare: true,
      width: "1%",
      render: (offer) => {
        const of = `${offer.entries[0]?.competitionSession.code ?? ""} ${offerName(offer)}`;
        return (
          <Group gap={4} wrap="nowrap" justify="flex-end">
            <ButtonLink
              to="/offers/$offerId"
              params={{ offerId: offer.id }}
              variant="subtle"
              color="sky"
              size="sm"
              px="xs"
              mih={44}
              aria-label={t("editOne", { offer: of })}
            >
              {t("edit")}
            </ButtonLink>
            <Button
              variant="subtle"
              color="ink"
              size="sm"
              px="xs"
              mih={44}
              onClick={() => setChanging(offer)}
              aria-label={t(offer.state === "published" ? "withdrawOne" : "publishOne", { offer: of })}
            >
              {t(offer.state === "published" ? "withdraw" : "publish")}
            </Button>
          </Group>
        );
      },
    },
  ];

  return (
    <>
      <RecordTable label={t("title")} rows={offers} idOf={({ id }) => id} columns={columns} {...list} />
      <OfferStateDialog offer={changing} onClose={() => setChanging(null)} />
    </>
  );
}

function OfferCell({ offer }: { readonly offer: AdminOffer }): ReactNode {
  const t = useTranslations("admin");
  const offerName = useOfferName();
  const categories = [...new Set(offer.entries.map(({ category }) => category))].join(", ");
  return (
    <span className={cells.cell}>
      <span className={cells.first}>{offerName(offer)}</span>
      <span className={`${cells.second} ${cells.together}`}>
        {t("shortCategory", { category: categories })} · {t("persons", { count: offer.persons })}
      </span>
    </span>
  );
}
