import { Button, Group } from "@mantine/core";
import type { AdminOffer } from "@tessera/contracts";
import { Price, useDisciplineName, useFormats, useOfferName } from "@tessera/ui";
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
      render: ({ entries }) => <EntriesCell entries={entries} />,
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
      render: ({ entries }) => {
        const fullest = fullestOf(entries);
        return fullest && <FillBar taken={fullest.taken} capacity={fullest.capacity} />;
      },
    },
    { key: "state", title: t("state"), render: ({ state }) => <OfferStateBadge state={state} /> },
    {
      key: "actions",
      title: t("actions"),
      bare: true,
      width: "1%",
      render: (offer) => {
        const of = `${offer.entries.map(({ competitionSession }) => competitionSession.code).join(" + ")} ${offerName(offer)}`;
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

type Entries = Pick<AdminOffer, "entries">;

/** Where an offer lets in: of a package each part, the first one in full. */
function EntriesCell({ entries: [first, ...others] }: Entries): ReactNode {
  const t = useTranslations("admin");
  const disciplineName = useDisciplineName();
  if (first === undefined) return null;
  return (
    <span className={cells.cell}>
      <SessionCell competitionSession={first.competitionSession} />
      {others.map(({ seatPoolId, competitionSession, category }) => (
        <span key={seatPoolId} className={cells.second} title={competitionSession.events}>
          {competitionSession.code} {disciplineName(competitionSession)} · {t("shortCategory", { category })}
        </span>
      ))}
    </span>
  );
}

/** A package is sold out as soon as one of its parts is. */
function fullestOf(entries: Entries["entries"]): Entries["entries"][number] | undefined {
  return entries.toSorted((one, other) => one.capacity - one.taken - (other.capacity - other.taken))[0];
}

function OfferCell({ offer }: { readonly offer: AdminOffer }): ReactNode {
  const t = useTranslations("admin");
  const offerName = useOfferName();
  const [first, ...others] = offer.entries;
  return (
    <span className={cells.cell}>
      <span className={cells.first}>{offerName(offer)}</span>
      <span className={`${cells.second} ${cells.together}`}>
        {others.length > 0
          ? t("offerForm.packageSum", { count: offer.entries.length })
          : t("shortCategory", { category: first?.category ?? "" })}{" "}
        · {t("persons", { count: offer.persons })}
      </span>
    </span>
  );
}
