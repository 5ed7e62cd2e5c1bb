import { VisuallyHidden } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useFormats, useTRPC } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import classes from "./WaitingCount.module.css";

const refreshMs = 30_000;

/** How many changes of capacity wait for a second admin, as a number beside the way there; nothing while none does. */
export function WaitingCount(): ReactNode {
  const t = useTranslations("admin.nav");
  const { number } = useFormats();
  const trpc = useTRPC();
  const { data: count = 0 } = useQuery(
    trpc.admin.catalogue.capacityChanges.queryOptions(undefined, {
      refetchInterval: refreshMs,
      select: (changes) => changes.filter(({ state }) => state === "awaiting_approval").length,
    }),
  );
  if (count === 0) return null;
  return (
    <>
      {" "}
      <span className={classes.count} aria-hidden>
        {number(count)}
      </span>
      <VisuallyHidden>{t("capacityWaiting", { count })}</VisuallyHidden>
    </>
  );
}
