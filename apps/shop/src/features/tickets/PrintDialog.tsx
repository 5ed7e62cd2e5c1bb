import { List, Stack, Text } from "@mantine/core";
import type { Ticket } from "@tessera/contracts";
import { ConfirmDialog } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useRefusalWords } from "../../shared/use-refusal-words.ts";
import { isOnPaper } from "./printing.ts";
import type { Printing } from "./use-print.ts";

type PrintDialogProps = {
  readonly tickets: readonly Ticket[];
  /** Tickets beside them that cannot be printed. */
  readonly others?: number;
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly printing: Printing;
  readonly onPrinted: () => void;
};

/** Says what paper means, and asks before codes on phones die of it. */
export function PrintDialog(props: PrintDialogProps): ReactNode {
  const { tickets, others = 0, opened, onClose, printing, onPrinted } = props;
  const t = useTranslations("shop.paper");
  const wordsFor = useRefusalWords();
  const [fewest] = tickets
    .filter((ticket) => !isOnPaper(ticket))
    .toSorted((a, b) => a.activation.movesLeft - b.activation.movesLeft);
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title={t("title", { count: tickets.length })}
      confirm={t("confirm")}
      wordsFor={wordsFor}
      onConfirm={async () => {
        await printing.print(tickets);
        onPrinted();
      }}
    >
      <Stack gap="sm">
        <List spacing="xs" size="sm">
          <List.Item>{t("points.who")}</List.Item>
          <List.Item>{t("points.identity")}</List.Item>
          <List.Item>{t("points.code", { count: tickets.length })}</List.Item>
          {fewest !== undefined && (
            <List.Item>
              {t("points.moves", { left: fewest.activation.movesLeft, limit: fewest.activation.movesLimit })}
            </List.Item>
          )}
          {others > 0 && <List.Item>{t("points.some", { count: others })}</List.Item>}
        </List>
        <Text role="status" size="sm" c="dimmed">
          {printing.pending && t("making")}
        </Text>
      </Stack>
    </ConfirmDialog>
  );
}
