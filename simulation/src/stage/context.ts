import { createHash } from "node:crypto";
import { seededRandom } from "@tessera/chaos/random";
import {
  type CoreContext,
  createAttemptLimits,
  createCoreContext,
  createKeyring,
  type KekKind,
  kekKinds,
  type RandomBytes,
} from "@tessera/core";

/** Bytes that a seed repeats: ids order rows and choose home gates, and so they must be the same again. */
export function seededBytes(...seed: readonly number[]): RandomBytes {
  const random = seededRandom(...seed);
  return (count) => {
    const bytes = Buffer.alloc(count);
    for (let index = 0; index < count; index += 1) bytes[index] = Math.floor(random.next() * 256);
    return bytes;
  };
}

/** The server's business over a database, in the simulated time. Nobody signs in here, pays or gets mail. */
export function openCore({
  db,
  random,
  nowMs,
}: {
  db: CoreContext["db"];
  random: RandomBytes;
  nowMs: () => number;
}): CoreContext {
  const keks = new Map<KekKind, Buffer>(kekKinds.map((kind) => [kind, random(32)]));
  const keyOf = (kind: KekKind): Buffer => {
    const key = keks.get(kind);
    if (key === undefined) throw new RangeError(`no KEK for ${kind}`);
    return key;
  };
  const hash = async (password: string): Promise<string> => createHash("sha256").update(password).digest("hex");
  return createCoreContext({
    db,
    clock: () => new Date(nowMs()),
    random,
    keyring: createKeyring({ active: (kind) => ({ id: 1, key: keyOf(kind) }), byId: keyOf }),
    passwords: { hash, verify: async (kept, password) => kept === (await hash(password)), needsRehash: () => false },
    attempts: createAttemptLimits(),
    payments: {
      name: "demo",
      start: async ({ paymentId }) => ({ redirectUrl: `/pay/${paymentId}`, pageId: paymentId }),
      close: async () => ({ state: "expired" }),
      look: async () => ({ state: "open" }),
      refund: async () => ({ state: "succeeded", providerRefundId: null }),
    },
    documents: { paperTickets: async () => new Uint8Array() },
    mailer: { send: async () => undefined },
    policy: {
      gamesId: "simulated-2028",
      totpIssuer: "Tessera",
      holdMinutes: 15,
      paymentMinutes: 30,
      longestHoldMinutes: 75,
      activationOpensHours: null,
      gatesOpenMinutes: 90,
      gatesAlwaysOpen: false,
      listMaxAgeSeconds: 3600,
      handOverClosesMinutes: 180,
      handOverDays: 7,
      movesPerDay: 10,
      stepUpMinutes: 10,
      scannerCodeMinutes: 10,
      shiftHours: 24,
      overridesPerShift: 1000,
      appUrls: { shop: "https://shop.test/", admin: "https://admin.test/", scanner: "https://gate.test/" },
      passkeyDomain: null,
    },
  });
}
