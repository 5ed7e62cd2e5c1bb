import { Button, Text, Title } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { ScannerInvitation, ScannerView } from "@tessera/contracts";
import { Countdown, EmptyState, FormAlert, Mark, QrCode, useFocusedHeading, useTRPC } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { ButtonLink } from "../../shared/links.tsx";
import { inGroups } from "./in-groups.ts";
import { useTabletRefresh } from "./use-tablet-refresh.ts";
import classes from "./Enrolment.module.css";

type EnrolmentProps = {
  readonly tablet: ScannerView;
  /** Null where it was shown before and the page has been loaded again: the server has forgotten it too. */
  readonly invitation: ScannerInvitation | null;
};

/** The steps after the first, by what the server knows of the tablet. */
export function Enrolment({ tablet, invitation }: EnrolmentProps): ReactNode {
  const t = useTranslations("admin.gate.enrol");
  switch (tablet.state) {
    case "invited":
      return <ShowCode tablet={tablet} invitation={invitation} />;
    case "claimed":
      return <Compare tablet={tablet} />;
    case "enrolled":
      return <Enrolled tablet={tablet} />;
    case "expired":
      return <Over title={t("expiredTitle")} text={t("expiredText")} />;
    default:
      return <Over title={t("refusedTitle")} text={t("refusedText")} />;
  }
}

function ShowCode({ tablet, invitation }: EnrolmentProps): ReactNode {
  const t = useTranslations("admin.gate.enrol");
  const heading = useFocusedHeading();
  const { refuse, failure, pending } = useSettle(tablet);
  return (
    <section className={classes.step}>
      <Title order={2} ref={heading} tabIndex={-1} className={classes.heading}>
        {t(invitation === null ? "codeLostTitle" : "codeTitle")}
      </Title>
      <FormAlert failure={failure} />
      <Text maw="62ch">{t(invitation === null ? "codeLostText" : "codeText")}</Text>
      {invitation !== null && (
        <div className={classes.code}>
          <div className={classes.qr}>
            <QrCode text={invitation.link} label={t("qr")} />
          </div>
          <div className={classes.words}>
            <p className={classes.large} aria-label={t("codeLabel")} role="group">
              {inGroups(invitation.code, 5)}
            </p>
            <p>
              {t("validFor")} <Countdown until={invitation.expiresAt} />
            </p>
            <p role="status">{t("waiting")}</p>
          </div>
        </div>
      )}
      <Button variant="outline" color="ink" loading={pending} onClick={refuse}>
        {t("cancel")}
      </Button>
    </section>
  );
}

function Compare({ tablet }: { readonly tablet: ScannerView }): ReactNode {
  const t = useTranslations("admin.gate.enrol");
  const heading = useFocusedHeading();
  const { confirm, refuse, failure, pending } = useSettle(tablet);
  return (
    <section className={classes.step}>
      <Title order={2} ref={heading} tabIndex={-1} className={classes.heading}>
        {t("compareTitle")}
      </Title>
      <FormAlert failure={failure} />
      <Text maw="62ch">{t("compareText")}</Text>
      <p className={classes.large} aria-label={t("compareLabel")} role="group">
        {inGroups(tablet.comparison ?? "", 4)}
      </p>
      <div className={classes.actions}>
        <Button loading={pending} onClick={confirm}>
          {t("same")}
        </Button>
        <Button variant="outline" color="terracotta" disabled={pending} onClick={refuse}>
          {t("different")}
        </Button>
      </div>
    </section>
  );
}

function Enrolled({ tablet: { name } }: { readonly tablet: ScannerView }): ReactNode {
  const t = useTranslations("admin.gate.enrol");
  const heading = useFocusedHeading();
  return (
    <section className={classes.step}>
      <Mark size={64} closed />
      <Title order={2} ref={heading} tabIndex={-1} className={classes.heading}>
        {t("doneTitle", { name })}
      </Title>
      <Text maw="62ch">{t("doneText")}</Text>
      <div className={classes.actions}>
        <ButtonLink to="/gate/tablets">{t("toTablets")}</ButtonLink>
        <ButtonLink to="/gate/tablets/new" search={{}} variant="outline" color="ink">
          {t("another")}
        </ButtonLink>
      </div>
    </section>
  );
}

function Over({ title, text }: { readonly title: string; readonly text: string }): ReactNode {
  const t = useTranslations("admin.gate.enrol");
  return (
    <EmptyState
      pictogram="warning"
      title={title}
      text={text}
      action={
        <ButtonLink to="/gate/tablets/new" search={{}}>
          {t("again")}
        </ButtonLink>
      }
    />
  );
}

/** Both ways out of an enrolment that waits. */
function useSettle({ id: scannerId }: ScannerView) {
  const { scanners } = useTRPC().admin;
  const refresh = useTabletRefresh();
  const confirm = useMutation(scanners.confirm.mutationOptions({ onSettled: refresh }));
  const refuse = useMutation(scanners.refuse.mutationOptions({ onSettled: refresh }));
  return {
    confirm: () => confirm.mutate({ scannerId }),
    refuse: () => refuse.mutate({ scannerId }),
    failure: confirm.error ?? refuse.error,
    pending: confirm.isPending || refuse.isPending,
  };
}
