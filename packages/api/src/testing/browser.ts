import type { Audience } from "@tessera/contracts";
import { type CoreContext, readAuthStanding, readKnownScanner } from "@tessera/core";
import { testRequester } from "@tessera/core/testing";
import { createCaller } from "../router.ts";

/**
 * An app in one browser, without HTTP: a caller for each request, and the cookie that the answers set.
 *
 * @param signedBy the tablet that signs each request; none unless told
 */
export function openBrowser(core: CoreContext, audience: Audience, signedBy: () => string | null = () => null) {
  let token: string | null = null;
  const standingBy = async (sent: string | null) => (await readAuthStanding(core, { token: sent, audience })).standing;
  return {
    /** What its cookie holds now. */
    get token() {
      return token;
    },
    /** Whom a request that comes now is from. */
    standing: () => standingBy(token),
    get api() {
      const sent = token;
      return createCaller({
        core,
        requestId: "test",
        requester: testRequester,
        audience,
        auth: () => standingBy(sent),
        authAgain: () => standingBy(sent),
        scanner: async () => {
          const scannerId = signedBy();
          return scannerId === null ? null : ((await readKnownScanner(core, { scannerId })) ?? null);
        },
        setAuthSession: (authSession) => {
          token = authSession?.token ?? null;
        },
      });
    },
  };
}
