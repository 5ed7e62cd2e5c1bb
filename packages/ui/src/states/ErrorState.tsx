import { Button, Stack, Text, Title } from "@mantine/core";
import { apiErrorOf } from "@tessera/client";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useErrorMessage } from "../errors/use-error-message.ts";
import { Pictogram } from "../pictograms/Pictogram.tsx";

type ErrorStateProps = {
  /** What the request threw. */
  readonly error: unknown;
  readonly title?: string;
  readonly onRetry?: () => void;
  /** Another way on than trying again. */
  readonly action?: ReactNode;
};

/** A page, or a part of one, that could not load: what happened, what to do, and the id that support asks for. */
export function ErrorState({ error, title, onRetry, action }: ErrorStateProps): ReactNode {
  const t = useTranslations("common");
  const errorMessage = useErrorMessage();
  const { requestId } = apiErrorOf(error);
  return (
    <Stack role="alert" align="center" gap="md" py="xl" ta="center">
      <Pictogram name="warning" size={72} />
      <Title order={2} size="h3">
        {title ?? t("states.errorTitle")}
      </Title>
      <Text maw="46ch">{errorMessage(error)}</Text>
      {onRetry !== undefined && <Button onClick={onRetry}>{t("actions.retry")}</Button>}
      {action}
      {requestId !== "" && (
        <Text size="xs" c="dimmed">
          {t("states.requestId", { id: requestId })}
        </Text>
      )}
    </Stack>
  );
}
