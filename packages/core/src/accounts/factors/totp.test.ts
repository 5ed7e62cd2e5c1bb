import { generate } from "otplib";
import { expect, it } from "vitest";
import { authenticatorCode } from "../../testing/index.ts";
import { decodeTotpSecret, encodeTotpSecret, totpStepOf, totpUri } from "./totp.ts";

/** RFC 6238 appendix B, SHA-1: its eight digits end with the six that apps show. */
const rfcSecret = Buffer.from("12345678901234567890");
const vectors = [
  [59, "94287082"],
  [1_111_111_109, "07081804"],
  [1_111_111_111, "14050471"],
  [1_234_567_890, "89005924"],
  [2_000_000_000, "69279037"],
  [20_000_000_000, "65353130"],
] as const;

const at = (seconds: number): Date => new Date(seconds * 1000);

it.each(vectors)("knows the code of RFC 6238 at %d", async (seconds, digits) => {
  expect(await generate({ secret: rfcSecret, epoch: seconds, digits: 8 })).toBe(digits);
  const code = digits.slice(2);
  expect(await totpStepOf(code, rfcSecret, at(seconds))).toBe(Math.floor(seconds / 30));
  expect(await authenticatorCode(at(seconds), encodeTotpSecret(rfcSecret))).toBe(code);
});

it("takes the codes just before and just after, no others, and says which step each is of", async () => {
  const noon = new Date("2028-07-14T12:00:10Z");
  const step = noon.getTime() / 1000 / 30;
  const secret = encodeTotpSecret(rfcSecret);
  const stepsOf = (shifts: number[]) =>
    Promise.all(
      shifts.map(async (shift) =>
        totpStepOf(await authenticatorCode(new Date(noon.getTime() + shift * 30_000), secret), rfcSecret, noon),
      ),
    );
  expect(await stepsOf([-1, 0, 1])).toEqual([-1, 0, 1].map((shift) => Math.floor(step) + shift));
  expect(await stepsOf([-3, -2, 2, 3])).toEqual([undefined, undefined, undefined, undefined]);
});

it("works on a phone whose clock is half a minute off, and no longer when it is off by more than a minute", async () => {
  const noon = new Date("2028-07-14T12:00:10Z");
  const secret = encodeTotpSecret(rfcSecret);
  const known = async (seconds: number) => {
    const shown = await authenticatorCode(new Date(noon.getTime() + seconds * 1000), secret);
    return (await totpStepOf(shown, rfcSecret, noon)) !== undefined;
  };
  for (const seconds of [-40, -30, -10, 0, 30, 49]) expect(await known(seconds), `${seconds} s`).toBe(true);
  for (const seconds of [-70, -60, -41, 50, 60, 70]) expect(await known(seconds), `${seconds} s`).toBe(false);
});

it("writes secrets as apps read them", () => {
  const secret = encodeTotpSecret(rfcSecret);
  expect(secret).toBe("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
  expect(Buffer.from(decodeTotpSecret(secret))).toEqual(rfcSecret);
  const uri = new URL(totpUri({ issuer: "Tessera", email: "a@example.test", secret }));
  expect(uri.protocol).toBe("otpauth:");
  expect(uri.host).toBe("totp");
  expect(decodeURIComponent(uri.pathname)).toBe("/Tessera:a@example.test");
  expect(uri.searchParams.get("secret")).toBe(secret);
  expect(uri.searchParams.get("issuer")).toBe("Tessera");
});
