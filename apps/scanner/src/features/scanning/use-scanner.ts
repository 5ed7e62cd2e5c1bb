import { apiErrorOf } from "@tessera/client";
import type { Gate } from "@tessera/contracts";
import { openScanner, type Scanner, type Transport } from "@tessera/scanner-core";
import { useRefreshAuth, useTRPCClient } from "@tessera/ui";
import { useEffect, useEffectEvent, useState } from "react";
import { deviceClock, listTrust, tallyOf } from "./ports.ts";

type Opening =
  | { readonly status: "opening" }
  | { readonly status: "open"; readonly scanner: Scanner }
  | { readonly status: "failed"; readonly error: unknown };

/** The scanner of one gate, from its first list on until the page is left. For another gate, mount it anew. */
export function useScanner(competitionSessionId: string, gate: Gate): Opening & { readonly retry: () => void } {
  const client = useTRPCClient();
  const refreshAuth = useRefreshAuth();
  const [opening, setOpening] = useState<Opening>({ status: "opening" });
  const [attempt, setAttempt] = useState(0);

  // Whoever was signed out meanwhile is asked to sign in, in place, and comes back to this gate.
  const noteSignedOut = useEffectEvent((error: unknown): never => {
    const { errorCode } = apiErrorOf(error);
    if (errorCode === "not_signed_in" || errorCode === "second_factor_required") void refreshAuth();
    throw error;
  });

  useEffect(() => {
    const leaving = new AbortController();
    const transport: Transport = {
      listKeys: (signal) => client.validation.gate.listKeys.query(undefined, { signal }).catch(noteSignedOut),
      list: (signal) => client.validation.gate.list.query({ competitionSessionId }, { signal }).catch(noteSignedOut),
      scan: (input, signal) => client.validation.gate.scan.mutate(input, { signal }).catch(noteSignedOut),
    };
    openScanner(
      {
        competitionSessionId,
        gate,
        clock: deviceClock,
        transport,
        trust: listTrust,
        tally: tallyOf(competitionSessionId),
        newNonce: () => crypto.randomUUID(),
      },
      leaving.signal,
    ).then(
      (scanner) => {
        leaving.signal.addEventListener("abort", () => scanner.close());
        if (leaving.signal.aborted) scanner.close();
        else setOpening({ status: "open", scanner });
      },
      (error: unknown) => {
        if (!leaving.signal.aborted) setOpening({ status: "failed", error });
      },
    );
    return () => leaving.abort();
  }, [client, competitionSessionId, gate, attempt]);

  const retry = (): void => {
    setOpening({ status: "opening" });
    setAttempt((count) => count + 1);
  };
  return { ...opening, retry };
}
