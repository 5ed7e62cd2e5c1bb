import { Loader, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";

/** Something is on its way. `label` says what; without it, “One moment…”. */
export function LoadingState({ label }: { readonly label?: string }): ReactNode {
  const t = useTranslations("common.states");
  return (
    <Stack role="status" align="center" gap="sm" py="xl" mih={160} justify="center">
      <Loader />
      <Text c="dimmed">{label ?? t("loading")}</Text>
    </Stack>
  );
}
