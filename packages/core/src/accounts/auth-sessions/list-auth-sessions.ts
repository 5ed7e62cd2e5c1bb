import type { authSessionView, Facts } from "@tessera/contracts";
import Bowser from "bowser";
import type { CoreContext } from "../../context.ts";
import { listAuthSessionsInUse } from "./auth-sessions.queries.ts";
import type { SignedIn } from "./auth-sessions.ts";

/** Where one is signed in, in every app: the one used last first. `lastUsedAt` is right to five minutes. */
export async function listAuthSessions(
  { db, clock }: Pick<CoreContext, "db" | "clock">,
  { actor, authSession: current }: SignedIn,
): Promise<Facts<typeof authSessionView>[]> {
  const sessions = await listAuthSessionsInUse(db, actor.accountId, clock());
  return sessions.map(({ userAgent, ...session }) => ({
    ...session,
    ...namesIn(userAgent),
    current: session.id === current.id,
  }));
}

/** The names of browser and system, for people; empty where the browser did not say. */
function namesIn(userAgent: string): { browser: string; system: string } {
  // Bowser throws at an empty one.
  if (userAgent === "") return { browser: "", system: "" };
  const { browser, os } = Bowser.parse(userAgent);
  return { browser: browser.name ?? "", system: os.name ?? "" };
}
