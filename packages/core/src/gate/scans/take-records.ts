import type { SignedRecord, Uploaded } from "@tessera/contracts";
import type { CoreContext } from "../../context.ts";
import { CodedError } from "../../errors.ts";
import type { EnrolledScanner } from "../scanners/scanner.ts";

type TakeContext = Pick<CoreContext, "db" | "clock" | "random" | "keyring" | "policy">;

/** Takes what a tablet has written down. */
export async function takeRecords(
  _ctx: TakeContext,
  _scanner: EnrolledScanner,
  _upload: { records: readonly SignedRecord[] },
): Promise<Uploaded> {
  throw new CodedError("unavailable");
}
