import { useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "@tessera/ui";

/** Looks again who is on the staff and who is invited; settles when the answer is on the page. */
export function useStaffRefresh(): () => Promise<void> {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return () => queryClient.invalidateQueries(trpc.admin.staff.list.queryFilter());
}
