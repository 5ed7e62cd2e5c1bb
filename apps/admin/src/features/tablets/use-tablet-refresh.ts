import { useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "@tessera/ui";

/** Looks at the tablets again, after a change or a failure; settles when they are on the page. */
export function useTabletRefresh(): () => Promise<void> {
  const { scanners } = useTRPC().admin;
  const queryClient = useQueryClient();
  return () => queryClient.invalidateQueries(scanners.list.queryFilter());
}
