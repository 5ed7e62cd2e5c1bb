import { AccountGate, usePageTitle } from "@tessera/ui";
import type { ReactNode } from "react";

/** A page for its owner only: a stranger signs in here, and is then where the address leads. */
export function Private({ title, children }: { readonly title: string; readonly children: ReactNode }): ReactNode {
  usePageTitle(title);
  return <AccountGate>{children}</AccountGate>;
}
