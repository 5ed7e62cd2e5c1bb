import type { ApiContext } from "@tessera/api";
import { CodedError } from "@tessera/core";
import type { TRPCError } from "@trpc/server";
import type { Logger } from "../log.ts";

type Failure = { error: TRPCError; path: string | undefined; ctx: ApiContext | undefined; requestId: string };

/** Logs what became of a call that was not answered with what it asked for, if anybody should know. */
export function reportFailure(log: Logger, { error, path, ctx, requestId }: Failure): void {
  const { cause } = error;
  if (isFault(error)) log.error({ requestId, procedure: path, err: cause ?? error }, "procedure failed");
  else if (cause instanceof CodedError && isAlarming(cause)) {
    void logRefusal(log, { requestId, procedure: path, errorCode: cause.code }, ctx);
  }
}

/** What somebody must look at: what nobody expected, and what is unavailable because something else failed. */
function isFault({ code, cause }: TRPCError): boolean {
  if (cause instanceof CodedError) return cause.code === "unavailable" && cause.cause !== undefined;
  return code === "INTERNAL_SERVER_ERROR";
}

/** What somebody tries who should not, or much too often: each alone means little, many of them something. */
const isAlarming = ({ code }: CodedError): boolean =>
  code === "forbidden" || code === "too_many_requests" || code === "proof_of_work_required";

async function logRefusal(log: Logger, line: Record<string, unknown>, ctx: ApiContext | undefined): Promise<void> {
  // Whoever it is was looked up before the refusal, or is nobody.
  const standing = await ctx?.auth().catch(() => undefined);
  const accountId = standing === undefined || standing.state === "signed_out" ? null : standing.account.id;
  log.warn({ ...line, accountId }, "refused");
}
