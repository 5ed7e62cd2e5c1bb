import type { CoreContext } from "../../context.ts";
import { CodedError } from "../../errors.ts";
import type { SignedIn } from "../auth-sessions/auth-sessions.ts";
import { updatePasskeyName } from "./passkeys.queries.ts";

/** Gives one of one's own passkeys another name. Throws `not_found`. */
export async function renamePasskey(
  { db }: Pick<CoreContext, "db">,
  { actor: { accountId } }: SignedIn,
  { passkeyId: id, name }: { passkeyId: string; name: string },
): Promise<void> {
  if (!(await updatePasskeyName(db, { id, accountId, name }))) throw new CodedError("not_found");
}
