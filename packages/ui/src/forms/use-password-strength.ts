import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import type { estimatePassword, PasswordStrength } from "@tessera/contracts/password-strength";
import { useEffect, useMemo } from "react";

type Estimator = { estimatePassword: typeof estimatePassword };

/** Often enough to follow the typing, and not at each key: an estimate takes some milliseconds. */
const pauseMs = 150;

let loading: Promise<Estimator> | undefined;

/** Fetches the dictionaries, which are large: only when somebody is about to choose a password. */
export function loadEstimator(): Promise<Estimator> {
  loading ??= import("@tessera/contracts/password-strength").catch((error: unknown) => {
    // A load that failed (no network) is tried anew.
    loading = undefined;
    throw error;
  });
  return loading;
}

/** How hard a password is to guess, a moment after it was typed; null while that is not known. It stays in the page. */
export function usePasswordStrength(password: string, known: readonly string[]): PasswordStrength | null {
  const [typed] = useDebouncedValue(password, pauseMs);
  const { data, isError, refetch } = useQuery({
    // Without the password: it belongs into no cache.
    queryKey: ["password-estimator"],
    queryFn: loadEstimator,
    enabled: typed !== "",
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    // A module is no data to be compared.
    structuralSharing: false,
  });
  // A load that failed is tried anew with what is typed next.
  useEffect(() => {
    if (isError) void refetch();
    // oxlint-disable-next-line react/exhaustive-deps -- only what is typed asks again: a failure must not ask for itself
  }, [typed, refetch]);
  const knownText = known.join("\n");
  return useMemo(
    () => (data === undefined || typed === "" ? null : data.estimatePassword(typed, knownText.split("\n"))),
    [data, typed, knownText],
  );
}
