import { Progress, Stack, Text } from "@mantine/core";
import type { ListLoading } from "@tessera/scanner-core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";

/** The first list on its way: how much of it is there. */
export function LoadingList({ tickets, of }: ListLoading): ReactNode {
  const t = useTranslations("scanner.scan");
  // Tickets may be sold while it comes.
  const share = of === null || of === 0 ? null : Math.min(1, tickets / of);
  const words =
    of === null || share === null ? t("openingCount", { tickets }) : t("openingShare", { share, tickets, of });
  return (
    <Stack align="center" gap="sm" py="xl" px="md" mih={160} justify="center">
      <Text role="status">{t("opening")}</Text>
      <Progress.Root size="lg" w="100%" maw="24rem">
        <Progress.Section value={(share ?? 0) * 100} aria-label={t("openingLabel")} />
      </Progress.Root>
      <Text c="dimmed">{words}</Text>
    </Stack>
  );
}
