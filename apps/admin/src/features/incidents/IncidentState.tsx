import { Badge } from "@mantine/core";
import type { Incident } from "@tessera/contracts";
import { Pictogram } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";

const signs = {
  open: { colour: "terracotta", pictogram: "warning" },
  done: { colour: "laurel", pictogram: "ok" },
  explained: { colour: "ink", pictogram: "look" },
} as const;

/** How far an incident is, in a word with a sign. */
export function IncidentState({ state }: Pick<Incident, "state">): ReactNode {
  const t = useTranslations("admin.gate.states");
  const { colour, pictogram } = signs[state];
  return (
    <Badge variant="light" color={colour} miw="max-content" leftSection={<Pictogram name={pictogram} size={12} />}>
      {t(state)}
    </Badge>
  );
}
