import { Badge } from "@mantine/core";
import type { OfferState } from "@tessera/contracts";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";

const colours: Record<OfferState, string> = { draft: "ink", published: "laurel", withdrawn: "terracotta" };

/** Whether an offer is on sale. The word says it; the colour only helps to find it in a list. */
export function OfferStateBadge({ state }: { readonly state: OfferState }): ReactNode {
  const t = useTranslations("admin.offerStates");
  return (
    <Badge variant="light" color={colours[state]} miw="max-content">
      {t(state)}
    </Badge>
  );
}
