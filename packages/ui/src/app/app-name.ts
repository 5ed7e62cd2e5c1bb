import type { Audience } from "@tessera/contracts";
import { createContext, use } from "react";

export const AppNameContext = createContext<Audience | null>(null);

/** Which app this is. */
export function useAppName(): Audience {
  const app = use(AppNameContext);
  if (app === null) throw new Error("useAppName needs a TesseraApp above it");
  return app;
}
