import { Badge } from "@mantine/core";
import type { EmployeeRole, EmployeeView } from "@tessera/contracts";
import { useAccount, useMoment } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { type RecordColumn, RecordTable } from "../../shared/RecordTable.tsx";
import { EmployeeMenu } from "./EmployeeMenu.tsx";
import cells from "../../shared/cells.module.css";
import classes from "./EmployeeTable.module.css";

type EmployeeTableProps = {
  readonly employees: readonly EmployeeView[];
  readonly total: number;
  readonly page: number;
  readonly pageSize: number;
  readonly onPage: (page: number) => void;
};

/** Everybody on the staff: who they are, what they may do, how they stand. */
export function EmployeeTable({ employees, ...list }: EmployeeTableProps): ReactNode {
  const t = useTranslations("admin.staff");
  const roles = useTranslations("security.roles");
  const moment = useMoment();
  const columns: RecordColumn<EmployeeView>[] = [
    { key: "person", title: t("person"), width: "18rem", render: (employee) => <PersonCell employee={employee} /> },
    { key: "role", title: t("role"), width: "9rem", render: ({ role }) => roles(role) },
    { key: "state", title: t("state"), width: "17rem", render: (employee) => <StateCell employee={employee} /> },
    {
      key: "lastUsed",
      title: t("lastUsed"),
      width: "12rem",
      render: ({ lastUsedAt }) => (lastUsedAt === null ? t("never") : moment(lastUsedAt)),
    },
    {
      key: "actions",
      title: t("actions"),
      bare: true,
      width: "1%",
      render: (employee) => <EmployeeMenu employee={employee} />,
    },
  ];
  return (
    <>
      <RecordTable
        label={t("title")}
        rows={employees}
        idOf={({ id }) => id}
        columns={columns}
        stale={false}
        {...list}
      />
      <RoleLegend />
    </>
  );
}

type CellProps = { readonly employee: EmployeeView };

function PersonCell({ employee }: CellProps): ReactNode {
  const t = useTranslations("admin.staff");
  const { id } = useAccount();
  return (
    <span className={`${cells.cell} ${cells.anyLength}`}>
      <span className={cells.first}>
        {employee.displayName}
        {employee.id === id && ` (${t("you")})`}
      </span>
      <span className={cells.second}>{employee.email}</span>
    </span>
  );
}

const employeeRoles = ["staff", "supervisor", "admin"] as const satisfies readonly EmployeeRole[];

/** What each role lets do, once for the whole table. */
function RoleLegend(): ReactNode {
  const t = useTranslations("admin.staff");
  const roles = useTranslations("security.roles");
  return (
    <dl className={classes.legend} aria-label={t("legend")}>
      {employeeRoles.map((role) => (
        <div key={role}>
          <dt>{roles(role)}</dt>
          <dd>{t(`mayDo.${role}`)}</dd>
        </div>
      ))}
    </dl>
  );
}

const colours = { active: "laurel", notEnrolled: "ink", disabled: "terracotta", resetAsked: "ochre" } as const;

/** The word says it; the colour only helps to find it in a list. */
function StateCell({ employee }: CellProps): ReactNode {
  const t = useTranslations("admin.staff");
  const moment = useMoment();
  const { id } = useAccount();
  const { disabledAt, factorReset, enrolled } = employee;
  const state =
    disabledAt !== null ? "disabled" : factorReset !== null ? "resetAsked" : enrolled ? "active" : "notEnrolled";
  return (
    <span className={cells.cell}>
      <span>
        <Badge variant="light" color={colours[state]} miw="max-content">
          {t(`states.${state}`)}
        </Badge>
      </span>
      {disabledAt !== null ? (
        <span className={cells.second}>{t("disabledAt", { date: moment(disabledAt) })}</span>
      ) : (
        factorReset !== null && (
          <span className={`${cells.second} ${cells.anyLength}`}>
            {t(factorReset.requestedById === id ? "resetByYou" : "resetBy", {
              name: factorReset.requestedBy,
              until: moment(factorReset.expiresAt),
            })}
          </span>
        )
      )}
    </span>
  );
}
