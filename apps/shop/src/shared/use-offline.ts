import { useNetwork } from "@mantine/hooks";
import { apiErrorOf } from "@tessera/client";

/** What a query knows of its last tries. */
type Tries = { readonly error: unknown; readonly failureReason: unknown };

/** Whether there is no network, or the server did not answer when this was asked last. */
export function useOffline({ error, failureReason }: Tries): boolean {
  const { online } = useNetwork();
  const reason = failureReason ?? error;
  return !online || (reason !== null && apiErrorOf(reason).errorCode === "unavailable");
}
