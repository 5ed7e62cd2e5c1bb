import { randomBytes, randomUUID } from "node:crypto";
import {
  type GatePolicy,
  type IssuerKeys,
  type Known,
  makeCode,
  passDigest,
  type PassFields,
  slotAt,
  tokenDigest,
} from "@tessera/pass";
import { deriveEpochToken, generateSigningSeed, issuePass, loadSigningKey, signMessage } from "@tessera/pass/issuer";

/** One ticket at the gate: what its QR code says, and what the gate knows of it. */
export type ShownTicket = { text: string; known: Known };

export type GateScene = {
  gamesId: string;
  issuerKeys: IssuerKeys;
  policy: GatePolicy;
  nowMs: number;
  tickets: readonly ShownTicket[];
};

const gamesId = "bench-2028";
const hourMs = 3_600_000;
const competitionSessionNumber = 305;

/** Different tickets with different device keys, all good at one gate now. */
export async function makeGateScene(count: number): Promise<GateScene> {
  const nowMs = Date.now();
  const issuerKey = loadSigningKey(generateSigningSeed());
  const tokenKey = randomBytes(32);
  const tickets = await Promise.all(
    Array.from({ length: count }, async (): Promise<ShownTicket> => {
      const ticketId = randomUUID();
      const device = loadSigningKey(generateSigningSeed());
      const epoch = 1;
      const fields: PassFields = {
        issuerKeyId: 1,
        ticketId,
        competitionSessionNumber,
        zone: 1,
        category: "B",
        epoch,
        validFrom: Math.floor((nowMs - hourMs) / 1000),
        validUntil: Math.floor((nowMs + hourMs) / 1000),
        paper: false,
        softKey: false,
        wheelchair: false,
        child: false,
        devicePublicKey: device.publicKey,
        epochToken: deriveEpochToken(tokenKey, ticketId, epoch),
      };
      const pass = issuePass(fields, { ticketKey: randomBytes(32), issuerKey, gamesId });
      const entry = {
        ticketId,
        state: "good",
        competitionSessionNumber,
        zone: fields.zone,
        category: fields.category,
        epoch,
        passDigest: await passDigest(pass),
        nextTokenDigest: await tokenDigest(ticketId, deriveEpochToken(tokenKey, ticketId, epoch + 1)),
      } as const;
      return {
        text: await makeCode(pass, slotAt(nowMs), async (message) => signMessage(device, message)),
        known: { entry, listMadeAtMs: nowMs, competitionSessionCancelled: false, earlier: [], clockInDoubt: false },
      };
    }),
  );
  return {
    gamesId,
    issuerKeys: new Map([[1, { publicKey: issuerKey.publicKey, compromised: false }]]),
    policy: {
      competitionSessionNumber,
      direction: "in",
      zones: [1],
      window: { fromMs: nowMs - hourMs, untilMs: nowMs + hourMs },
      reentry: "never",
      maxListAgeMs: hourMs,
    },
    nowMs,
    tickets,
  };
}
