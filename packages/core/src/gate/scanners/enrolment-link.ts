import type { Policy, Requester } from "../../ports.ts";

/**
 * The tablet's page that reads an enrolment code from its own address; what stands behind the `#` reaches no server. Where
 * all apps share an origin it is the one that was asked: a tablet may reach this machine by another name than mails say.
 */
export function enrolmentLink(
  { appUrls }: Pick<Policy, "appUrls">,
  { origin }: Pick<Requester, "origin">,
  code: string,
): string {
  const url = new URL(`enrol#${code}`, appUrls.scanner);
  return url.origin === new URL(appUrls.admin).origin ? `${origin}${url.pathname}${url.hash}` : url.href;
}
