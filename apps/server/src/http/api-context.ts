import type { ApiContext } from "@tessera/api";
import { idleHeader } from "@tessera/contracts";
import { type AuthStanding, type CoreContext, readAuthStanding } from "@tessera/core";
import { audienceOf, authCookie, readAuthToken } from "./cookies.ts";
import type { Origins } from "./hosts.ts";
import type { RequestFacts } from "./request-facts.ts";
import { readSigningScanner, type WireRequest } from "./request-signature.ts";
import { requesterOf } from "./requester.ts";

export type ApiSettings = {
  core: CoreContext;
  /** How many proxies of ours stand before us. */
  trustedProxies: number;
  /** Whether visitors reach us over TLS, and so the cookies are for TLS only. */
  secure: boolean;
  origins: Origins | undefined;
};

/** The `Set-Cookie` of the answer that is being made. */
export type AnswerCookie = { set: (value: string) => void; isSet: () => boolean };

type Asked = {
  facts: RequestFacts;
  requestId: string;
  cookie: AnswerCookie;
  /** What a tablet's signature covers. */
  wire: Omit<WireRequest, "header">;
};

/** What the procedures are told of a request, however it is framed. */
export function createApiContext(
  { core, ...settings }: ApiSettings,
  { facts, requestId, cookie, wire }: Asked,
): ApiContext {
  const { header } = facts;
  const { secure } = settings;
  const audience = audienceOf(header);
  const requester = requesterOf(facts, settings);
  const token = readAuthToken(header, audience, secure) ?? null;
  const setAuthSession: ApiContext["setAuthSession"] = (authSession) => {
    // The last word of a batch counts.
    cookie.set(authCookie(authSession, { audience, secure, now: core.clock() }));
  };
  let standing: Promise<AuthStanding> | undefined;
  let signing: ReturnType<typeof readSigningScanner> | undefined;
  const auth = () => (standing ??= readStanding());
  const scanner = () => (signing ??= readSigningScanner(core, { ...wire, header }));
  return { core, requestId, requester, audience, auth, authAgain, scanner, setAuthSession };

  async function authAgain(): Promise<AuthStanding> {
    return (await readAuthStanding(core, { token, audience, isUse: false })).standing;
  }

  async function readStanding(): Promise<AuthStanding> {
    const found = await readAuthStanding(core, { token, audience, isUse: header(idleHeader) === undefined });
    // Somebody who signs in or out in the same batch has the last word, not the use of the old cookie.
    if (token !== null && found.renewedUntil !== null && !cookie.isSet()) {
      setAuthSession({ token, expiresAt: found.renewedUntil });
    }
    return found.standing;
  }
}
