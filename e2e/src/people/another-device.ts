import { openApiSession } from "./api-session.ts";
import type { Person } from "./person.ts";

/** The same visitor on one more device, signed in with a recovery code: the app's next code would have to be waited for. */
export async function signInElsewhere(origin: string, person: Person, code: number): Promise<Person> {
  const { client, cookies } = openApiSession(origin, "shop");
  await client.auth.accounts.signIn.mutate({ email: person.email, password: person.password });
  await client.auth.factors.verifyRecoveryCode.mutate({ code: person.recoveryCodes[code] ?? "" });
  return { ...person, cookies: cookies() };
}
