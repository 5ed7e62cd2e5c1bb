import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import type { ScannerInvitation } from "@tessera/contracts";
import { EmptyState, ErrorState, LoadingState, Page, useTRPC } from "@tessera/ui";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { Enrolment } from "../features/tablets/Enrolment.tsx";
import { InviteForm } from "../features/tablets/InviteForm.tsx";
import { TextLink } from "../shared/links.tsx";

const route = getRouteApi("/gate/tablets/new");
/** Somebody stands there with the tablet in hand. */
const waitingMs = 1_000;

/** Enrolling a tablet: what it is for, its code, the comparison of both screens. */
export function EnrolTabletPage(): ReactNode {
  const t = useTranslations("admin.gate.enrol");
  const gate = useTranslations("admin.gate");
  const { tablet } = route.useSearch();
  const navigate = route.useNavigate();
  const [invitation, setInvitation] = useState<ScannerInvitation | null>(null);
  return (
    <Page title={t("title")} over={<TextLink to="/gate/tablets">{gate("tabletsTab")}</TextLink>} lead={t("lead")}>
      {tablet === undefined ? (
        <FirstStep
          onInvited={(invited) => {
            setInvitation(invited);
            void navigate({ search: { tablet: invited.scannerId }, replace: true });
          }}
        />
      ) : (
        <FurtherSteps
          key={tablet}
          scannerId={tablet}
          invitation={invitation?.scannerId === tablet ? invitation : null}
        />
      )}
    </Page>
  );
}

function FirstStep({ onInvited }: { readonly onInvited: (invitation: ScannerInvitation) => void }): ReactNode {
  const t = useTranslations("admin.gate.enrol");
  const trpc = useTRPC();
  const choices = useQuery(trpc.admin.scanners.choices.queryOptions());
  if (choices.isPending) return <LoadingState />;
  if (choices.data === undefined) return <ErrorState error={choices.error} onRetry={() => void choices.refetch()} />;
  if (choices.data.length === 0) {
    return <EmptyState pictogram="calendar" title={t("noChoiceTitle")} text={t("noChoiceText")} />;
  }
  return <InviteForm choices={choices.data} onInvited={onInvited} />;
}

type FurtherStepsProps = { readonly scannerId: string; readonly invitation: ScannerInvitation | null };

function FurtherSteps({ scannerId, invitation }: FurtherStepsProps): ReactNode {
  const t = useTranslations("admin.gate.enrol");
  const trpc = useTRPC();
  const tablets = useQuery(
    trpc.admin.scanners.list.queryOptions(undefined, {
      refetchInterval: ({ state }) => {
        const found = state.data?.find(({ id }) => id === scannerId)?.state;
        return found === "invited" || found === "claimed" ? waitingMs : false;
      },
      refetchOnMount: "always",
    }),
  );
  const tablet = tablets.data?.find(({ id }) => id === scannerId);
  if (tablet !== undefined) return <Enrolment tablet={tablet} invitation={invitation} />;
  if (tablets.isFetching) return <LoadingState />;
  if (tablets.data === undefined) return <ErrorState error={tablets.error} onRetry={() => void tablets.refetch()} />;
  return <EmptyState pictogram="search" title={t("expiredTitle")} text={t("expiredText")} />;
}
