import type { ScannerView } from "@tessera/contracts";
import { useFormats } from "@tessera/ui";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { type RecordColumn, RecordTable } from "../../shared/RecordTable.tsx";
import { useNow } from "../../shared/use-now.ts";
import { useSayAgo } from "../../shared/use-say-ago.ts";
import { Standing } from "./Standing.tsx";
import { TabletMenu } from "./TabletMenu.tsx";
import cells from "../../shared/cells.module.css";

const pageSize = 25;
/** A clock that is off by less is right: a code is good for 15 seconds. */
const clockRightMs = 2_000;

/** The tablets: where each is, how it stands, what only it knows. */
export function TabletTable({ tablets }: { readonly tablets: readonly ScannerView[] }): ReactNode {
  const t = useTranslations("admin.gate.tablets");
  const now = useNow();
  const ago = useSayAgo();
  const [wanted, setPage] = useState(1);
  const page = Math.min(wanted, Math.max(1, Math.ceil(tablets.length / pageSize)));
  const columns: RecordColumn<ScannerView>[] = [
    { key: "tablet", title: t("tablet"), width: "14rem", render: (tablet) => <TabletCell tablet={tablet} /> },
    { key: "state", title: t("state"), width: "11rem", render: (tablet) => <Standing tablet={tablet} now={now} /> },
    {
      key: "sessions",
      title: t("sessions"),
      width: "8rem",
      render: ({ competitionSessions }) => competitionSessions.map(({ code }) => code).join(", "),
    },
    { key: "staff", title: t("staff"), width: "9rem", render: (tablet) => <StaffCell tablet={tablet} /> },
    {
      key: "list",
      title: t("list"),
      width: "7rem",
      render: ({ listMadeAt }) => (listMadeAt === null ? t("noList") : ago(listMadeAt, now)),
    },
    { key: "queue", title: t("queue"), width: "6rem", render: (tablet) => <QueueCell tablet={tablet} /> },
    { key: "device", title: t("device"), width: "10rem", render: (tablet) => <DeviceCell tablet={tablet} /> },
    {
      key: "actions",
      title: t("actions"),
      bare: true,
      width: "1%",
      render: (tablet) => <TabletMenu tablet={tablet} />,
    },
  ];
  return (
    <RecordTable
      label={t("title")}
      rows={tablets.slice((page - 1) * pageSize, page * pageSize)}
      idOf={({ id }) => id}
      columns={columns}
      total={tablets.length}
      page={page}
      pageSize={pageSize}
      onPage={setPage}
      stale={false}
    />
  );
}

type CellProps = { readonly tablet: ScannerView };

function TabletCell({ tablet: { name, gate, venue } }: CellProps): ReactNode {
  const t = useTranslations("admin.gate");
  return (
    <span className={`${cells.cell} ${cells.anyLength}`}>
      <span className={cells.first}>{name}</span>
      <span className={cells.second}>
        {t("gate", { code: gate.code })} · {venue}
      </span>
    </span>
  );
}

function StaffCell({ tablet: { staff } }: CellProps): ReactNode {
  const t = useTranslations("admin.gate.tablets");
  const roles = useTranslations("security.roles");
  if (staff.length === 0) return <span className={cells.second}>{t("nobody")}</span>;
  return (
    <span className={`${cells.cell} ${cells.anyLength}`}>
      {staff.map(({ shiftId, displayName, role }) => (
        <span key={shiftId}>
          {displayName}
          {role !== "staff" && <span className={cells.second}> · {roles(role)}</span>}
        </span>
      ))}
    </span>
  );
}

/** What the tablet says it still has to send, and the numbers that the server lacks. */
function QueueCell({ tablet: { queued, missing } }: CellProps): ReactNode {
  const t = useTranslations("admin.gate.tablets");
  return (
    <span className={cells.cell}>
      <span>{t("queued", { count: queued ?? 0 })}</span>
      {missing > 0 && <span className={cells.no}>{t("missing", { count: missing })}</span>}
    </span>
  );
}

function DeviceCell({ tablet: { battery, charging, appVersion, clockOffsetMs } }: CellProps): ReactNode {
  const t = useTranslations("admin.gate.tablets");
  const { number } = useFormats();
  const percent = number(Math.round((battery ?? 0) * 100));
  const clock =
    clockOffsetMs === null
      ? null
      : Math.abs(clockOffsetMs) < clockRightMs
        ? t("clockRight")
        : t(clockOffsetMs > 0 ? "clockAhead" : "clockBehind", {
            seconds: number(Math.round(Math.abs(clockOffsetMs) / 1000)),
          });
  return (
    <span className={`${cells.cell} ${cells.anyLength}`}>
      <span>{battery === null ? t("noBattery") : t(charging === true ? "charging" : "battery", { percent })}</span>
      {clock !== null && <span className={cells.second}>{clock}</span>}
      {appVersion !== null && <span className={cells.second}>{t("version", { version: appVersion })}</span>}
    </span>
  );
}
