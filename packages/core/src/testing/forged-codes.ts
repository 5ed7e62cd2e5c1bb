import { randomBytes } from "node:crypto";
import { decodePass, makeCode, makePaperCode, type PassFields, slotAt } from "@tessera/pass";
import {
  deriveEpochToken,
  deriveTicketKey,
  generateSigningSeed,
  issuePass,
  loadSigningKey,
  type LoadedSigningKey,
  signMessage,
} from "@tessera/pass/issuer";

/** What an attacker has got hold of. */
export type Loot = {
  accountKey?: Uint8Array | undefined;
  purchaseKey?: Uint8Array | undefined;
  tokenKey?: Uint8Array | undefined;
  issuer?: LoadedSigningKey | undefined;
  list?: LoadedSigningKey | undefined;
};

const device = loadSigningKey(generateSigningSeed());

/**
 * The best code that somebody with this loot can make: what is missing is made up.
 *
 * @param from.pass of a code that was photographed; what is not changed is as in it, but for the device
 */
export async function forgeCode(
  loot: Loot,
  from: { pass: Uint8Array; gamesId: string; now: Date },
  change: Partial<PassFields>,
): Promise<string> {
  const photographed = decodePass(from.pass);
  if (photographed === null) throw new Error("not a pass");
  const { seal: _seal, signature: _signature, bytes: _bytes, ...read } = photographed;
  const wanted: PassFields = { ...read, devicePublicKey: device.publicKey, ...change };
  const { ticketId, epoch } = wanted;
  const isSameEpoch = ticketId === read.ticketId && epoch === read.epoch;
  const guessed = isSameEpoch ? read.epochToken : randomBytes(16);
  const epochToken = loot.tokenKey === undefined ? guessed : deriveEpochToken(loot.tokenKey, ticketId, epoch);
  const pass = issuePass(
    { ...wanted, epochToken },
    {
      ticketKey: deriveTicketKey(
        loot.accountKey ?? randomBytes(32),
        loot.purchaseKey ?? randomBytes(32),
        ticketId,
        epoch,
      ),
      issuerKey: loot.issuer ?? loot.list ?? device,
      gamesId: from.gamesId,
    },
  );
  if (wanted.paper) return makePaperCode(pass);
  return makeCode(pass, slotAt(from.now.getTime()), async (message) => signMessage(device, message));
}
