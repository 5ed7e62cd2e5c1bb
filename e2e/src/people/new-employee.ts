import { randomUUID } from "node:crypto";
import type { Audience, EmployeeRole } from "@tessera/contracts";
import type { Office } from "../provided.ts";
import { openApiSession } from "./api-session.ts";
import { codeNow } from "./authenticator.ts";
import { mailedLink } from "./mailbox.ts";
import type { Person } from "./person.ts";

/** Somebody whom an admin has just invited, with both factors, signed in to one app; nobody waits for their next code. */
export async function newEmployee(
  run: Office,
  { role, displayName, audience = "scanner" }: { role: EmployeeRole; displayName: string; audience?: Audience },
): Promise<Person> {
  const email = `${role}-${randomUUID()}@example.org`;
  const password = `lantern harvest ${randomUUID()}`;
  const admin = openApiSession(run.origin, "admin", run.otherAdmin.cookies).client;
  await admin.admin.staff.invite.mutate({ email, role, locale: "en" });
  const token = new URL(await mailedLink(run.origin, email, "invitation")).hash.slice(1);
  const { client, cookies } = openApiSession(run.origin, audience);
  await client.auth.invitations.accept.mutate({ token, account: { displayName, password, locale: "en" } });
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
