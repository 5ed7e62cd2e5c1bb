import { Button, Group } from "@mantine/core";
import { CrashState, Page, Pictogram } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { ButtonLink } from "../shared/links.tsx";

/** What browsers, and Vite for style sheets, say of a part of the page that did not come. */
const notLoaded = /dynamically imported module|importing a module script|unable to preload css/i;

/** In place of a page that could not be shown: its code did not come, or it has a fault. */
export function RouteProblem({ error }: { readonly error: unknown }): ReactNode {
  return error instanceof Error && notLoaded.test(error.message) ? <NeedsNetwork /> : <CrashState />;
}

function NeedsNetwork(): ReactNode {
  const t = useTranslations("shop.offline");
  const common = useTranslations("common.actions");
  return (
    <Page title={t("pageTitle")} sign={<Pictogram name="offline" size={48} />} lead={t("pageText")}>
      <Group gap="sm">
        <ButtonLink to="/tickets">{t("toTickets")}</ButtonLink>
        <Button variant="outline" color="ink" onClick={() => location.reload()}>
          {common("retry")}
        </Button>
      </Group>
    </Page>
  );
}
