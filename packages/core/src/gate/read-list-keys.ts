import type { Facts, listKeys } from "@tessera/contracts";
import { toBase64url } from "@tessera/pass";
import type { CoreContext } from "../context.ts";
import { loadOrganiserKeys } from "../keys/organiser-keys.ts";

/** Whose lists a tablet takes that has had none before: what the staff's sign-in vouches for, until tablets enrol. */
export async function readListKeys(
  ctx: Pick<CoreContext, "db" | "clock" | "keyring" | "policy">,
): Promise<Facts<typeof listKeys>> {
  const keys = (await loadOrganiserKeys(ctx)).listPublicKeys(ctx.clock());
  return {
    gamesId: ctx.policy.gamesId,
    keys: keys.map(({ id, publicKey }) => ({ id, publicKey: toBase64url(publicKey) })),
  };
}
