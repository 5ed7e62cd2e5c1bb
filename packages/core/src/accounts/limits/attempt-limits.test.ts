import { expect, it } from "vitest";
import { CodedError } from "../../errors.ts";
import { createAttemptLimits } from "./attempt-limits.ts";

const fail = () => Promise.reject(new CodedError("wrong_code"));

it("lets no more tries begin at once than may fail", async () => {
  const limits = createAttemptLimits({ failures: 3 });
  let begun = 0;
  const results = await Promise.allSettled(
    Array.from({ length: 50 }, () =>
      limits.run("second_factor", "somebody", async () => {
        begun += 1;
        return fail();
      }),
    ),
  );
  expect(begun).toBe(3);
  expect(results[49]).toMatchObject({
    reason: { code: "too_many_requests", details: { retryAfterSeconds: 600 } },
  });
});

it("counts neither what succeeded, nor another's failures, nor those of another kind", async () => {
  const limits = createAttemptLimits({ failures: 2 });
  for (let count = 0; count < 5; count += 1) await limits.run("password", "somebody", async () => "right");
  await expect(limits.run("password", "somebody", fail)).rejects.toThrow("wrong_code");
  await expect(limits.run("password", "somebody", fail)).rejects.toThrow("wrong_code");
  await expect(limits.run("password", "somebody", async () => "right")).rejects.toThrow("too_many_requests");
  await expect(limits.run("second_factor", "somebody", async () => "right")).resolves.toBe("right");
  await expect(limits.run("password", "somebody else", async () => "right")).resolves.toBe("right");
});

it("does not hold a fault of ours against anybody", async () => {
  const limits = createAttemptLimits({ failures: 1 });
  const busy = () => Promise.reject(new CodedError("unavailable"));
  const broken = () => Promise.reject(new Error("connection lost"));
  for (const fault of [busy, broken, busy, broken]) {
    await expect(limits.run("password", "somebody", fault)).rejects.not.toMatchObject({ code: "too_many_requests" });
  }
  await expect(limits.run("password", "somebody", async () => "right")).resolves.toBe("right");
});
