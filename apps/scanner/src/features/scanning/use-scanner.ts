import type { Gate } from "@tessera/contracts";
import type { KnownList, ListLoading, Scanner, Tablet } from "@tessera/scanner-core";
import { useEffect, useState } from "react";

/** The work at one gate, once the list is there; that list, which another one may take the place of; and how far it is. */
export type OpenGate = {
  readonly scanner: Scanner;
  readonly list: () => KnownList | null;
  readonly loading: () => ListLoading | null;
};

/** The scanner of one gate, until the page is left. For another gate, mount it anew. Null while it is opened. */
export function useScanner(tablet: Tablet, competitionSessionId: string, gate: Gate): OpenGate | null {
  const [open, setOpen] = useState<OpenGate | null>(null);
  useEffect(() => {
    const leaving = new AbortController();
    void (async () => {
      const keeper = await tablet.openList(competitionSessionId);
      const scanner = await tablet.openScanner(competitionSessionId, gate);
      leaving.signal.addEventListener("abort", () => scanner.close());
      if (leaving.signal.aborted) scanner.close();
      else setOpen({ scanner, list: () => keeper.current, loading: () => keeper.loading });
    })();
    return () => leaving.abort();
  }, [tablet, competitionSessionId, gate]);
  return open;
}
