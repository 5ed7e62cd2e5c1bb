import type { Random } from "@tessera/chaos/random";
import { type SignedRecord, listPart, scannerStanding, uploaded, verdict } from "@tessera/contracts";
import {
  askScan,
  checkIn,
  type CoreContext,
  demandEnrolled,
  type EnrolledScanner,
  readKnownScanner,
  readListPart,
  takeRecords,
} from "@tessera/core";
import type { Transport } from "@tessera/scanner-core";
import type { Link } from "./link.ts";

/** What the server does for one tablet: the use cases behind its procedures, with what they check and give on the wire. */
export function openDoor(ctx: CoreContext, scannerId: string) {
  const known = async () => {
    const scanner = await readKnownScanner(ctx, { scannerId });
    if (scanner === undefined) throw new Error("nobody knows this tablet");
    return scanner;
  };
  const enrolled = async (): Promise<EnrolledScanner> => demandEnrolled(await known());
  return {
    listPart: async (input: Parameters<typeof readListPart>[2]) =>
      listPart.parse(await readListPart(ctx, await enrolled(), input)),
    ask: async (question: Parameters<typeof askScan>[2]) =>
      verdict.parse(await askScan(ctx, await enrolled(), question)),
    upload: async (records: readonly SignedRecord[]) =>
      uploaded.parse(await takeRecords(ctx, await enrolled(), { records })),
    checkIn: async (input: Parameters<typeof checkIn>[2]) =>
      scannerStanding.parse(await checkIn(ctx, await known(), input)),
  };
}
export type Door = ReturnType<typeof openDoor>;

/** The same over a bad network. */
export function createTransport(door: Door, link: Link, random: Random): Transport {
  return {
    listPart: (input, signal) => link.send(() => door.listPart(input), signal),
    ask: (question, signal) => link.send(() => door.ask(question), signal),
    upload: ({ records }, signal) =>
      link.send(
        () => door.upload(records),
        signal,
        () => door.upload(torn(records, random)),
      ),
    checkIn: (input, signal) => link.send(() => door.checkIn(input), signal),
  };
}

/** What an upload may look like that was broken on its way: some of it, in another order, and one of them cut short. */
function torn(records: readonly SignedRecord[], random: Random): SignedRecord[] {
  const some = random.shuffled(records).slice(0, 1 + Math.floor(random.next() * records.length));
  const cut = Math.floor(random.next() * some.length);
  return some.map(({ body, signature }, index) => ({
    body: index === cut && random.chance(0.5) ? body.slice(0, Math.floor(body.length * random.next())) : body,
    signature,
  }));
}
