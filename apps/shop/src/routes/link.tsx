import { getRouteApi } from "@tanstack/react-router";
import { LinkPage } from "@tessera/ui";
import type { ReactNode } from "react";

const route = getRouteApi("/link/$kind");

/** What a mail led to. */
export function MailedLinkPage(): ReactNode {
  const { kind } = route.useParams();
  return <LinkPage kind={kind} />;
}
