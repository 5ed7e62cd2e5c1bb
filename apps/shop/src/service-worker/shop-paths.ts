/** What stands at the shop's address in a demo and is not the shop's: other apps, the API, and pages that the server draws. */
const others = ["/admin", "/scanner", "/trpc", "/demo", "/pay", "/webhooks", "/healthz", "/readyz"];

/** Whether a path is for the shop's page to answer. A name with an ending, such as a calendar's, is a file. */
export function isShopPage(path: string): boolean {
  return !others.some((other) => `${path}/`.startsWith(`${other}/`)) && !/\.[^/]*$/.test(path);
}
