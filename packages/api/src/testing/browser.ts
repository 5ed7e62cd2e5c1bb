import type { Audience } from "@tessera/contracts";
import { type CoreContext, readAuthStanding } from "@tessera/core";
import { testRequester } from "@tessera/core/testing";
import { createCaller } from "../router.ts";

/** An app in one browser, without HTTP: a caller for each request, and the cookie that the answers set. */
export function openBrowser(core: CoreContext, audience: Audience) {
  let token: string | null = null;
  return {
    get api() {
      const sent = token;
      return createCaller({
        core,
        requestId: "test",
        requester: testRequester,
        audience,
        auth: async () => (await readAuthStanding(core, { token: sent, audience })).standing,
        setAuthSession: (authSession) => {
          token = authSession?.token ?? null;
        },
      });
    },
  };
}
