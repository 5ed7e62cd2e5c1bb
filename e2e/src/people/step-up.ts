import type { ApiErrorData } from "@tessera/contracts";
import type { Page } from "playwright-core";

/**
 * Has the next call of a procedure refused, as the server does ten minutes after the last second factor: no test waits so
 * long. Whatever follows is the server's own.
 */
export async function refuseOnce(page: Page, procedure: string): Promise<void> {
  const data: ApiErrorData = { errorCode: "step_up_required", details: {}, requestId: "refused-once", fields: [] };
  const error = { message: data.errorCode, code: -32_003, data };
  let refused = false;
  // Not `times: 1`: the browser stops intercepting then, while the dialog's own code is on its way.
  await page.route(`**/trpc/${procedure}?*`, (route) => {
    if (refused) return route.continue();
    refused = true;
    return route.fulfill({ status: 403, json: [{ error }] });
  });
}
