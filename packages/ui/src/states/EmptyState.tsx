import { Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Pictogram, type StateName } from "../pictograms/Pictogram.tsx";

type EmptyStateProps = {
  readonly pictogram?: StateName;
  readonly title?: string;
  /** Why it is empty, or what to do about it. */
  readonly text?: string;
  /** The way on: a button or a link. */
  readonly action?: ReactNode;
};

/** There is nothing to show, which is not an error. */
export function EmptyState({ pictogram = "empty", title, text, action }: EmptyStateProps): ReactNode {
  const t = useTranslations("common.states");
  return (
    <Stack align="center" gap="md" py="xl" ta="center">
      <Pictogram name={pictogram} size={72} />
      <Title order={2} size="h3">
        {title ?? t("emptyTitle")}
      </Title>
      {text !== undefined && (
        <Text c="dimmed" maw="42ch">
          {text}
        </Text>
      )}
      {action}
    </Stack>
  );
}
