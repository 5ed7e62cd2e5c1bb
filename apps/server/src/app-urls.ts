import type { Audience } from "@tessera/contracts";
import type { Policy } from "@tessera/core";
import type { Origins } from "./http/hosts.ts";
import { appPaths } from "./http/static-apps.ts";

/** Where the apps' pages are, for links in mails: at the origins of the settings, and without them at `here`. */
export function appUrlsOf(origins: Origins | undefined, here: string): Policy["appUrls"] {
  const urlOf = (wanted: Audience): string => {
    const { basePath = "/" } = appPaths.find(({ audience }) => audience === wanted) ?? {};
    return `${origins?.[wanted] ?? here}${basePath}`;
  };
  return { shop: urlOf("shop"), admin: urlOf("admin"), scanner: urlOf("scanner") };
}
