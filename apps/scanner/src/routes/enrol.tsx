import { Page } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { ButtonLink } from "../shared/links.tsx";
import { useEnrolled } from "../shared/tablet.ts";

/** Somebody followed the link of a code on a tablet that has had one. */
export function EnrolPage(): ReactNode {
  const t = useTranslations("scanner.tablet.enrol");
  const { state } = useEnrolled();
  return (
    <Page narrow title={t("already")} lead={t("alreadyText", { name: state.name })}>
      <div>
        <ButtonLink to="/" size="lg">
          {t("toStart")}
        </ButtonLink>
      </div>
    </Page>
  );
}
