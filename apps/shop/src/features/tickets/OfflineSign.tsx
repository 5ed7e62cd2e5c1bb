import { Group, Text } from "@mantine/core";
import { Pictogram } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";

type OfflineSignProps = { readonly shows: "ticket" | "ticketWithoutCode" | "tickets" };

/** Says quietly that there is no network, and that it does not matter here. */
export function OfflineSign({ shows }: OfflineSignProps): ReactNode {
  const t = useTranslations("shop.offline");
  return (
    <Group role="status" gap="xs" wrap="nowrap" justify={shows === "tickets" ? "start" : "center"}>
      <Pictogram name="offline" size={18} />
      <Text size="sm">{t(shows)}</Text>
    </Group>
  );
}
