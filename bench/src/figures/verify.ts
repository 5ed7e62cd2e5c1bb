import { decide, readCode, verifyCode } from "@tessera/pass";
import { prepareSignatures, verifyRaw } from "../limits/raw-ed25519.ts";
import { measureInTurns, median, secondsOf } from "../measure.ts";
import type { Figure } from "../report.ts";
import { type GateScene, makeGateScene, type ShownTicket } from "../tickets.ts";

const codes = 3000;

/** From a QR code's text to the verdict, one code after another as at a gate, beside its two signatures alone. */
export async function measureVerify(): Promise<Figure[]> {
  const scene = await makeGateScene(codes);
  const signatures = await prepareSignatures(scene);
  const rounds = await measureInTurns(5, async () => {
    const whole = await secondsOf(async () => {
      for (const ticket of scene.tickets) await admit(scene, ticket);
    });
    const raw = await secondsOf(async () => {
      if (!signatures.every(verifyRaw)) throw new Error("a signature is not good");
    });
    return { whole, raw };
  });
  const microseconds = (seconds: number): number => (seconds * 1_000_000) / codes;
  return [
    { name: "verify_us", value: microseconds(median(rounds.map(({ whole }) => whole))), unit: "µs", goal: null },
    {
      name: "verify_over_raw_ed25519",
      value: median(rounds.map(({ whole, raw }) => whole / raw)),
      unit: "",
      goal: null,
    },
    { name: "raw_ed25519_twice_us", value: microseconds(median(rounds.map(({ raw }) => raw))), unit: "µs", goal: null },
  ];
}

/** Refusals can be quicker, and so one is a fault here. */
async function admit({ gamesId, issuerKeys, policy, nowMs }: GateScene, { text, known }: ShownTicket): Promise<void> {
  const verified = await verifyCode(readCode(text), issuerKeys, gamesId);
  const { outcome, reason } = decide(verified, policy, known, nowMs);
  if (outcome !== "admit") throw new Error(`a good code was refused: ${reason}`);
}
