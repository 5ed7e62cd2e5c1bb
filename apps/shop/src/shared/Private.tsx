import { AccountGate } from "@tessera/ui";
import type { ReactNode } from "react";
import { usePageTitle } from "./use-page-title.ts";

/** A page for its owner only: a stranger signs in here, and is then where the address leads. */
export function Private({ title, children }: { readonly title: string; readonly children: ReactNode }): ReactNode {
  usePageTitle(title);
  return <AccountGate app="shop">{children}</AccountGate>;
}
