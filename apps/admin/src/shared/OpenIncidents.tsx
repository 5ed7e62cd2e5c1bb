import { VisuallyHidden } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useFormats, useTRPC } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import classes from "./WaitingCount.module.css";

const refreshMs = 15_000;
const everywhere = { competitionSessionId: null, state: "open", before: null } as const;

/** How many incidents are open, as a number beside the way there; nothing while none is. */
export function OpenIncidents(): ReactNode {
  const t = useTranslations("admin.gate");
  const { number } = useFormats();
  const trpc = useTRPC();
  const { data: count = 0 } = useQuery(
    trpc.admin.gate.incidents.queryOptions(everywhere, {
      refetchInterval: refreshMs,
      select: ({ incidents }) => incidents.length,
    }),
  );
  if (count === 0) return null;
  return (
    <>
      {" "}
      <span className={classes.count} aria-hidden>
        {number(count)}
      </span>
      <VisuallyHidden>{t("openCount", { count })}</VisuallyHidden>
    </>
  );
}
