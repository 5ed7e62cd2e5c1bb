import { useEffect, useState } from "react";
import { keep, kept } from "../kept.ts";

const noteOf = (kind: string): string => `link.${kind}`;

/**
 * What stands behind the `#` of a mailed link. It is taken out of the address bar at once: neither the history nor
 * somebody who looks over a shoulder shall have it. The tab keeps it over a reload until it is used or refused
 * (`forgetLinkSecret`). Empty when there is none.
 */
export function useLinkSecret(kind: string): string {
  const [secret, setSecret] = useState(() => location.hash.slice(1) || (kept("tab", noteOf(kind)) ?? ""));
  useEffect(() => {
    const take = (): void => {
      const found = location.hash.slice(1);
      if (found === "") return;
      setSecret(found);
      keep("tab", noteOf(kind), found);
      history.replaceState(history.state, "", location.pathname + location.search);
    };
    take();
    // Another link of the same kind, opened in the same tab, loads no page.
    window.addEventListener("hashchange", take);
    return () => window.removeEventListener("hashchange", take);
  }, [kind]);
  return secret;
}

/** The secret has done its work, or never will. */
export function forgetLinkSecret(kind: string): void {
  keep("tab", noteOf(kind), null);
}
