import { useEffect, useState } from "react";

/**
 * What stands behind the `#` of a mailed link. It is taken out of the address bar at once: neither the history nor
 * somebody who looks over a shoulder shall have it. Empty when there was none.
 */
export function useLinkSecret(): string {
  const [secret, setSecret] = useState(() => location.hash.slice(1));
  useEffect(() => {
    const take = (): void => {
      const found = location.hash.slice(1);
      if (found === "") return;
      setSecret(found);
      history.replaceState(history.state, "", location.pathname + location.search);
    };
    take();
    // Another link of the same kind, opened in the same tab, loads no page.
    window.addEventListener("hashchange", take);
    return () => window.removeEventListener("hashchange", take);
  }, []);
  return secret;
}
