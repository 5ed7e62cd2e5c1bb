import { randomUUID } from "node:crypto";
import type { Audience } from "@tessera/contracts";
import type { DemoAccount } from "../server/demo-accounts.ts";
import { openApiSession } from "./api-session.ts";
import { codeNow } from "./authenticator.ts";
import { mailedCode } from "./mailbox.ts";
import type { Person } from "./person.ts";

/** Signs one of the demo's people in with both factors. Once for each account and half minute: codes work once. */
export async function signIn(origin: string, audience: Audience, account: DemoAccount): Promise<Person> {
  const { client, cookies } = openApiSession(origin, audience);
  await client.auth.accounts.signIn.mutate({ email: account.email, password: account.password });
  const usedCode = await codeNow(account.totpSecret);
  await client.auth.factors.verifyTotp.mutate({ code: usedCode.digits });
  return { ...account, usedCode, recoveryCodes: [], cookies: cookies() };
}

/** A new visitor of the shop, signed in, whose second factor has just been given. */
export async function registerVisitor(origin: string, displayName = "Ada Lovelace"): Promise<Person> {
  const { client, cookies } = openApiSession(origin, "shop");
  const email = `visitor-${randomUUID()}@example.org`;
  const password = `four words for ${randomUUID()}`;
  const { registrationId } = await client.auth.registration.begin.mutate({ email, locale: "en" });
  const code = await mailedCode(origin, email);
  await client.auth.registration.register.mutate({ registrationId, code, password, displayName, locale: "en" });
  const { secret } = await client.auth.factors.beginTotpEnrolment.mutate();
  const usedCode = await codeNow(secret);
  const { recoveryCodes } = await client.auth.factors.confirmTotpEnrolment.mutate({ code: usedCode.digits });
  return {
    email,
    password,
    displayName,
    totpSecret: secret,
    usedCode,
    recoveryCodes: recoveryCodes ?? [],
    cookies: cookies(),
  };
}
