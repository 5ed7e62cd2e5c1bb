import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { CodedError } from "../../errors.ts";
import { solveProof, testRequester } from "../../testing/index.ts";
import { type AttemptLimits, createAttemptLimits } from "./attempt-limits.ts";
import { type LimitStore, memoryLimitStore } from "./limit-store.ts";

const wrong = () => Promise.reject(new CodedError("wrong_credentials"));
const right = () => Promise.resolve("right");
const from = (address: string, proof: string | null = null) => ({ ...testRequester, address, proof });

const home = from("198.51.100.7");
const somewhere = (index: number) => from(`203.0.${index >> 8}.${index & 255}`);
const anne = { account: "anne@example.test", requester: home };

let limits: AttemptLimits;
const guess = (subject = anne, attempt: () => Promise<unknown> = wrong) => limits.guess("password", subject, attempt);
const refusalOf = (tried: Promise<unknown>): Promise<unknown> =>
  tried.then(
    () => "no refusal",
    (refusal: unknown) => refusal,
  );

async function guessWrong(times: number, subject: (index: number) => typeof anne): Promise<void> {
  for (let index = 0; index < times; index += 1) {
    await expect(guess(subject(index))).rejects.toThrow("wrong_credentials");
  }
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: new Date("2028-07-14T12:00:00Z") });
  limits = createAttemptLimits();
});
afterEach(() => vi.useRealTimers());
const pass = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1000);

it("lets no more tries begin at once than one by one", async () => {
  let begun = 0;
  const results = await Promise.allSettled(
    Array.from({ length: 50 }, () =>
      guess(anne, () => {
        begun += 1;
        return wrong();
      }),
    ),
  );
  expect(begun).toBe(5);
  expect(results[6]).toMatchObject({ reason: { code: "too_many_requests" } });
});

it("makes each wrong guess wait longer than the one before", async () => {
  await guessWrong(5, () => anne);
  for (const seconds of [1, 2, 4, 8, 16]) {
    await expect(guess()).rejects.toMatchObject({
      code: "too_many_requests",
      details: { retryAfterSeconds: seconds },
    });
    pass(seconds);
    await guessWrong(1, () => anne);
  }
});

it("counts neither what was right, nor another's guesses, nor those of another kind", async () => {
  for (let count = 0; count < 30; count += 1) await expect(guess(anne, right)).resolves.toBe("right");
  await guessWrong(5, () => anne);
  await expect(guess()).rejects.toThrow("too_many_requests");
  await expect(limits.guess("second_factor", anne, right)).resolves.toBe("right");
  await expect(guess({ ...anne, account: "boris@example.test" }, right)).resolves.toBe("right");
  pass(1);
  await expect(guess(anne, right)).resolves.toBe("right");
});

it("does not hold a fault of ours against anybody", async () => {
  const busy = () => Promise.reject(new CodedError("unavailable"));
  const broken = () => Promise.reject(new Error("connection lost"));
  for (let count = 0; count < 10; count += 1) {
    await expect(guess(anne, busy)).rejects.toThrow("unavailable");
    await expect(guess(anne, broken)).rejects.toThrow("connection lost");
  }
  await expect(guess(anne, right)).resolves.toBe("right");
});

it("lets the owner in with a proof of work while everybody else guesses", async () => {
  await guessWrong(20, (index) => ({ ...anne, requester: somewhere(index) }));
  const refusal = await refusalOf(guess(anne, right));
  expect(refusal).toMatchObject({ code: "proof_of_work_required" });
  const proof = await solveProof(refusal);
  await expect(guess({ ...anne, requester: from(home.address, proof) }, right)).resolves.toBe("right");
});

it("lets somebody in whose neighbour behind the same address guesses all the time", async () => {
  for (const seconds of [0, 0, 0, 0, 0, 1, 2, 4, 8, 16]) {
    pass(seconds);
    await guessWrong(1, () => anne);
  }
  pass(32);
  await guessWrong(1, () => anne);
  const proof = await solveProof(await refusalOf(guess(anne, right)));
  await expect(guess({ ...anne, requester: from(home.address, proof) }, right)).resolves.toBe("right");
});

it("asks a network for work that guesses at many accounts, and a /48 is one network", async () => {
  await guessWrong(100, (index) => ({
    account: `visitor-${index}@example.test`,
    requester: from(`2001:db8:0:${index.toString(16)}::1`),
  }));
  const neighbour = { account: "anne@example.test", requester: from("2001:db8:0:ffff::1") };
  await expect(guess(neighbour, right)).rejects.toThrow("proof_of_work_required");
  await expect(guess({ ...neighbour, requester: from("2001:db8:1:7::1") }, right)).resolves.toBe("right");
});

it("lets nobody wait for a neighbour in another /64", async () => {
  await guessWrong(5, () => ({ ...anne, requester: from("2001:db8:0:7::1") }));
  await expect(guess({ ...anne, requester: from("2001:db8:0:7::2") }, right)).rejects.toThrow("too_many_requests");
  await expect(guess({ ...anne, requester: from("2001:db8:0:8::1") }, right)).resolves.toBe("right");
});

it("takes a proof once, for its own account and action, and for five minutes", async () => {
  await guessWrong(20, (index) => ({ ...anne, requester: somewhere(index) }));
  const boris = { ...anne, account: "boris@example.test" };
  await guessWrong(20, (index) => ({ ...boris, requester: somewhere(index) }));
  const refusal = await refusalOf(guess());
  const proof = await solveProof(refusal);
  const proven = { ...anne, requester: from(home.address, proof) };

  await expect(guess({ ...proven, account: boris.account }, right)).rejects.toThrow("proof_of_work_required");
  pass(301);
  await expect(guess(proven, right)).rejects.toThrow("proof_of_work_required");
  pass(-301);
  const uses = await Promise.allSettled(Array.from({ length: 20 }, () => guess(proven, right)));
  expect(uses.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
});

it.each(["", "nonsense", "e30=", "W10=", btoa('{"challenge":{"parameters":{},"signature":""},"solution":{}}')])(
  "takes %j for no proof",
  async (proof) => {
    await guessWrong(20, (index) => ({ ...anne, requester: somewhere(index) }));
    await expect(guess({ ...anne, requester: from(home.address, proof) }, right)).rejects.toThrow(
      "proof_of_work_required",
    );
  },
);

const mail = (requester = home) => limits.spend("reset_mail", { ...anne, requester });
/** As a browser does it, that works when it is asked to. */
const mailWorking = async (address: string) =>
  mail(from(address, await solveProof(await refusalOf(mail(from(address))))));

it("lets five mails an hour go to one address for nothing, and ten from one network", async () => {
  for (let count = 0; count < 5; count += 1) await mail();
  for (let count = 0; count < 5; count += 1) await mailWorking(home.address);
  await expect(mail()).rejects.toMatchObject({ code: "too_many_requests", details: { retryAfterSeconds: 3600 } });
  pass(3600);
  await expect(mail()).resolves.toBeUndefined();
});

it("sends the owner a mail, for work, however many others have had sent, and two to each network", async () => {
  limits = createAttemptLimits({ store: floodedStore() });
  for (const address of [home.address, home.address, "203.0.113.1"]) {
    await expect(mailWorking(address)).resolves.toBeUndefined();
  }
  await expect(mail()).rejects.toThrow("too_many_requests");
});

/** As if thirty networks had each had a mail sent: working for them all would take a while. */
function floodedStore(): LimitStore {
  const store = memoryLimitStore();
  return {
    ...store,
    add: async (counts) => {
      const [byAccount, ...others] = await store.add(counts);
      if (byAccount === undefined) throw new RangeError("nothing to count");
      return others.length === 0 ? [byAccount] : [{ ...byAccount, points: byAccount.points + 30 }, ...others];
    },
  };
}

it("does not take a mail of one kind for one of another", async () => {
  for (let count = 0; count < 5; count += 1) await mail();
  await expect(mail()).rejects.toThrow("proof_of_work_required");
  for (const kind of ["registration_mail", "change_mail"] as const) {
    await expect(limits.spend(kind, anne)).resolves.toBeUndefined();
  }
});

it("lets a network spend a hundred times an hour, whoever it is for, and then for work", async () => {
  const others = Array.from({ length: 1000 }, (_, index) => `visitor-${index}@example.test`);
  for (const account of others.slice(0, 100)) await limits.spend("registration_mail", { account, requester: home });
  const refusal = await refusalOf(limits.spend("registration_mail", anne));
  expect(refusal).toMatchObject({ code: "proof_of_work_required" });
  const working = { ...anne, requester: from(home.address, await solveProof(refusal)) };
  await expect(limits.spend("registration_mail", working)).resolves.toBeUndefined();
  await expect(limits.spend("payment", anne)).resolves.toBeUndefined();
});
