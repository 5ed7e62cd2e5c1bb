import { useAppName } from "../../app/app-name.ts";

type Paths = { readonly start: string; readonly signIn: string; readonly forgotten: string };

/** Where to go on from a mailed link: addresses of the app that it opened in. */
export function usePaths(): Paths {
  const app = useAppName();
  const start = import.meta.env.BASE_URL;
  return { start, signIn: app === "shop" ? `${start}account` : start, forgotten: `${start}forgotten-password` };
}
