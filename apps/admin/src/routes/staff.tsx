import { Box, Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import type { StaffView } from "@tessera/contracts";
import { EmptyState, ErrorState, LoadingState, Page, useTRPC } from "@tessera/ui";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { EmployeeTable } from "../features/staff/EmployeeTable.tsx";
import { findEmployees } from "../features/staff/find-employees.ts";
import { Invitations } from "../features/staff/Invitations.tsx";
import { InviteDialog, type Invitee, nobodyYet } from "../features/staff/InviteDialog.tsx";
import { ButtonLink } from "../shared/links.tsx";
import { SearchField } from "../shared/SearchField.tsx";

const route = getRouteApi("/staff");
const pageSize = 25;
const refreshMs = 10_000;

/** Who works here: roles, invitations, lost factors. */
export function StaffPage(): ReactNode {
  const t = useTranslations("admin.staff");
  const trpc = useTRPC();
  const [invitee, setInvitee] = useState<Invitee | null>(null);
  const staff = useQuery(trpc.admin.staff.list.queryOptions(undefined, { refetchInterval: refreshMs }));
  return (
    <Page
      title={t("title")}
      lead={t("lead")}
      action={<Button onClick={() => setInvitee(nobodyYet)}>{t("invite")}</Button>}
    >
      {staff.isPending ? (
        <LoadingState />
      ) : staff.data === undefined ? (
        <ErrorState title={t("failedTitle")} error={staff.error} onRetry={() => void staff.refetch()} />
      ) : (
        <>
          <Employees employees={staff.data.employees} />
          <Invitations
            invitations={staff.data.invitations}
            nowMs={staff.dataUpdatedAt}
            onInviteAgain={({ email, role }) => setInvitee({ email, role })}
          />
        </>
      )}
      <InviteDialog invitee={invitee} onClose={() => setInvitee(null)} />
    </Page>
  );
}

function Employees({ employees }: Pick<StaffView, "employees">): ReactNode {
  const t = useTranslations("admin.staff");
  const list = useTranslations("admin.list");
  const { search = "", page = 1 } = route.useSearch();
  const navigate = route.useNavigate();
  const found = findEmployees(employees, search);
  const shown = found.slice((page - 1) * pageSize, page * pageSize);
  return (
    <>
      <Box maw="30rem">
        <SearchField
          value={search}
          hint={t("search")}
          onSearch={(next) => void navigate({ search: next === "" ? {} : { search: next }, replace: true })}
        />
      </Box>
      {shown.length === 0 ? (
        <EmptyState
          pictogram="search"
          title={list("nothingFoundTitle")}
          text={list("nothingFoundText")}
          action={
            <ButtonLink to="/staff" variant="outline" color="ink">
              {list("clearFilters")}
            </ButtonLink>
          }
        />
      ) : (
        <EmployeeTable
          employees={shown}
          total={found.length}
          page={page}
          pageSize={pageSize}
          onPage={(next) => void navigate({ search: { search: search || undefined, page: next } })}
        />
      )}
    </>
  );
}
