import { type RequestSigner, signedFetch } from "@tessera/client";
import type { TabletRecord } from "@tessera/contracts";
import { comparisonCode, enrolmentMessage, recordMessage, toBase64url } from "@tessera/pass";
import { openApiSession } from "../people/api-session.ts";
import { newEmployee } from "../people/new-employee.ts";
import type { Office } from "../provided.ts";
import { inviteTablet, type TabletWish } from "./invite-tablet.ts";

/** A tablet without a browser, with somebody at work on it: it asks the server about codes. */
export async function openApiTablet(run: Office, wish: TabletWish) {
  const [invited, person] = await Promise.all([
    inviteTablet(run, wish),
    newEmployee(run, { role: "staff", displayName: "Ines Roux" }),
  ]);
  const keys = await crypto.subtle.generateKey("Ed25519", false, ["sign", "verify"]);
  if (!("privateKey" in keys)) throw new Error("no key pair");
  const publicKey = new Uint8Array(await crypto.subtle.exportKey("raw", keys.publicKey));
  const sign = async (message: Uint8Array) =>
    new Uint8Array(await crypto.subtle.sign("Ed25519", keys.privateKey, new Uint8Array(message)));
  const signer: RequestSigner = { scannerId: invited.scannerId, sign, now: () => Date.now() };
  const { client } = openApiSession(run.origin, "scanner", person.cookies, (send) => signedFetch(() => signer, send));
  const signature = toBase64url(await sign(await enrolmentMessage(invited.code, publicKey)));
  const claimed = await client.validation.scanners.claim.mutate({
    code: invited.code,
    publicKey: toBase64url(publicKey),
    signature,
  });
  if ((await comparisonCode({ ...claimed, publicKey })) !== (await invited.comparison())) {
    throw new Error("somebody stands between the tablet and the server");
  }
  await invited.confirm();
  const { id: shiftId } = await client.validation.shifts.begin.mutate();
  const [competitionSessionId = ""] = invited.competitionSessionIds;
  let number = 0;
  const read = (code: string) =>
    ({
      number: (number += 1),
      shiftId,
      at: new Date().toISOString(),
      competitionSessionId,
      gateId: invited.gateId,
      direction: "in",
      means: "typed",
      code,
      ticketId: null,
    }) as const;
  return {
    client,
    /** What the server says of a code that somebody holds up to go in. */
    ask: (code: string) => client.validation.gate.ask.mutate(read(code)),
    /** What it let in by while it was cut off. */
    uploadAdmitted: async (code: string) => {
      const record = {
        kind: "scan",
        ...read(code),
        outcome: "admit",
        reason: "admitted",
        shown: "admit",
        confirmed: false,
        listNumber: null,
        cutOff: true,
        clockInDoubt: false,
      } satisfies TabletRecord;
      const body = JSON.stringify(record);
      const signed = toBase64url(await sign(await recordMessage(invited.scannerId, body)));
      return client.validation.gate.upload.mutate({ records: [{ body, signature: signed }] });
    },
  };
}
