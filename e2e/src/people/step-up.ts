import type { ApiErrorData } from "@tessera/contracts";
import type { Page } from "playwright-core";

/**
 * Has the next call of a procedure refused, as the server does ten minutes after the last second factor: no test waits so
 * long. Whatever follows is the server's own.
 */
export async function refuseOnce(page: Page, procedure: string): Promise<void> {
  const data: ApiErrorData = { errorCode: "step_up_required", details: {}, requestId: "refused-once", fields: [] };
  const error = { message: data.errorCode, code: -32_003, data };
  await page.route(`**/trpc/${procedure}?*`, (route) => route.fulfill({ status: 403, json: [{ error }] }), {
    times: 1,
  });
}
