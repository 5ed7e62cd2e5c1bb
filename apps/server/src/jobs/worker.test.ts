import { fork } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { MailContent } from "@tessera/contracts";
import { createKeyring, type Mailer, type OutgoingMail, releaseAbandonedMails } from "@tessera/core";
import {
  cutWorkerConnections,
  hurryMailJob,
  queueTestMail,
  readMailJob,
  rescheduleMailJobs,
  setMailJobAttempts,
  setMailJobLock,
  testContext,
} from "@tessera/core/testing";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { pino } from "pino";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Job } from "./every.ts";
import { startWorker } from "./worker.ts";

let database: TestDatabase;
let workers: Job[];
beforeEach(async () => {
  database = await createTestDatabase();
  workers = [];
});
afterEach(async () => {
  await Promise.all(workers.map((worker) => worker.stop()));
  await database.drop();
});

const to = "camille@example.test";
const content: MailContent = { template: "registration_code", code: "123456", link: "https://t.test/l#s", minutes: 30 };
const key = randomBytes(32);

/** A context over the test's database, the mails that its workers have sent, and their log. */
function setup(mailer?: Mailer, limits: { longestSendingMs?: number } = {}) {
  const { ctx: bare } = testContext({ db: database.db });
  const sent: OutgoingMail[] = [];
  const lines: string[] = [];
  const ctx = {
    ...bare,
    keyring: createKeyring({ active: () => ({ id: 1, key }), byId: () => key }),
    mailer: mailer ?? { send: async (mail: OutgoingMail) => void sent.push(mail) },
  };
  const log = pino({ level: "debug" }, { write: (line) => void lines.push(line) });
  const work = (): Job => {
    const worker = startWorker({ core: ctx, ownerUrl: database.ownerUrl, log, ...limits });
    workers.push(worker);
    return worker;
  };
  return { ctx, sent, work, queue: () => queueTestMail(ctx, { to, content }), logged: () => lines.join("") };
}

const patience = { timeout: 20_000, interval: 20 };

it("sends a mail within a second of its commit", async () => {
  const { sent, work, queue } = setup();
  work();
  // Whoever is found at the start does not show that new ones are told.
  await queue();
  await vi.waitFor(() => expect(sent).toHaveLength(1), patience);
  const committed = performance.now();
  const id = await queue();
  await vi.waitFor(() => expect(sent.at(-1)?.id).toBe(id), { ...patience, interval: 5 });
  expect(performance.now() - committed).toBeLessThan(1_000);
});

it("sends what was committed while no worker was there", async () => {
  const { sent, work, queue } = setup();
  const ids = [await queue(), await queue()];
  work();
  await vi.waitFor(() => expect(sent.map(({ id }) => id).toSorted()).toEqual(ids.toSorted()), patience);
});

it("sends each of many mails once, whichever of three workers takes it", async () => {
  const { ctx, sent, work, queue } = setup();
  for (let count = 0; count < 3; count += 1) work();
  const ids = await Promise.all(Array.from({ length: 40 }, queue));
  const unsent = ctx.db.selectFrom("mail").select("id").where("sent_at", "is", null);
  await vi.waitFor(async () => expect(await unsent.execute()).toEqual([]), patience);
  expect(sent.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
});

it("tries again what could not be sent, says so by the id, and keeps the address out of log and queue", async () => {
  const failures = [new Error("away")];
  const sent: string[] = [];
  const mailer: Mailer = {
    send: async ({ id }) => {
      const failure = failures.shift();
      if (failure) throw failure;
      sent.push(id);
    },
  };
  const { work, queue, logged } = setup(mailer);
  work();
  const id = await queue();
  const job = await vi.waitFor(async () => {
    const failed = await readMailJob(database.ownerDb, id);
    expect(failed?.lastError).not.toBeNull();
    return failed;
  }, patience);
  expect(job).toMatchObject({ attempts: 1, lastError: "the mail could not be sent", payload: { mailId: id } });
  expect(JSON.stringify(job)).not.toContain(to);
  await hurryMailJob(database.ownerDb, id);
  await vi.waitFor(() => expect(sent).toEqual([id]), patience);
  expect(logged()).toContain(`"level":40,`);
  expect(logged()).not.toContain(`"level":50,`);
  expect(logged()).toContain(id);
  expect(logged()).not.toContain(to);
}, 30_000);

it("gives a mail up at its last try, which somebody must look at and can take back", async () => {
  let away = true;
  const sent: string[] = [];
  const mailer: Mailer = {
    send: async ({ id: mailId }) => {
      if (away) throw new Error("away");
      sent.push(mailId);
    },
  };
  const { ctx, work, queue, logged } = setup(mailer);
  const id = await queue();
  await setMailJobAttempts(database.ownerDb, id, 12);
  work();
  await vi.waitFor(() => expect(logged()).toMatch(new RegExp(`"level":50.*${id}.*given up`)), patience);
  const row = await ctx.db.selectFrom("mail").select(["sealed_content", "sent_at"]).executeTakeFirstOrThrow();
  expect(row).toMatchObject({ sent_at: null, sealed_content: expect.any(Buffer) as Buffer });
  await vi.waitFor(
    async () => expect(await readMailJob(database.ownerDb, id)).toMatchObject({ attempts: 13, lockedBy: null }),
    patience,
  );
  away = false;
  await rescheduleMailJobs(database.ownerDb);
  await vi.waitFor(() => expect(sent).toEqual([id]), patience);
});

it("loses nothing when the process that sends is killed: another one takes over", async () => {
  const { ctx, sent, work, queue } = setup();
  const child = fork(fileURLToPath(new URL("../testing/worker.child.ts", import.meta.url)), [
    database.databaseUrl,
    database.ownerUrl,
    key.toString("base64"),
  ]);
  const id = await queue();
  const [begun] = (await once(child, "message")) as [string];
  expect(begun).toBe(id);
  child.kill("SIGKILL");
  await once(child, "exit");

  work();
  expect(await releaseAbandonedMails(ctx)).toBe(0);
  await setMailJobLock(database.ownerDb, id, 121);
  expect(await releaseAbandonedMails(ctx)).toBe(1);
  await vi.waitFor(() => expect(sent.map((mail) => mail.id)).toEqual([id]), patience);
}, 30_000);

it("sends once what takes longer than a try: the next try waits for the first", async () => {
  const sending: PromiseWithResolvers<void>[] = [];
  const slow: Mailer = {
    send: () => {
      sending.push(Promise.withResolvers<void>());
      return sending.at(-1)?.promise ?? Promise.resolve();
    },
  };
  const { ctx, work, queue } = setup(slow, { longestSendingMs: 50 });
  work();
  const id = await queue();
  const attempts = async () => (await readMailJob(database.ownerDb, id))?.attempts;
  for (let tried = 1; tried <= 3; tried += 1) {
    await vi.waitFor(async () => {
      expect(await readMailJob(database.ownerDb, id)).toMatchObject({ attempts: tried, lockedBy: null });
    }, patience);
    if (tried < 3) await hurryMailJob(database.ownerDb, id);
  }
  expect(sending).toHaveLength(1);
  sending[0]?.resolve();
  const row = ctx.db.selectFrom("mail").select("sent_at").where("id", "=", id);
  await vi.waitFor(async () => expect((await row.executeTakeFirstOrThrow()).sent_at).not.toBeNull(), patience);
  await hurryMailJob(database.ownerDb, id);
  await vi.waitFor(async () => expect(await attempts()).toBeUndefined(), patience);
  expect(sending).toHaveLength(1);
}, 30_000);

it("goes on when the database has closed its connections", async () => {
  const { sent, work, queue } = setup();
  work();
  const first = await queue();
  await vi.waitFor(() => expect(sent).toHaveLength(1), patience);
  expect(await cutWorkerConnections(database.ownerDb)).toBeGreaterThan(0);
  const second = await queue();
  await vi.waitFor(() => expect(sent.map(({ id }) => id)).toEqual([first, second]), patience);
});

it("at its stop leaves a mail that does not get away to the next one", async () => {
  const sending = Promise.withResolvers<void>();
  const stuck: Mailer = {
    send: () => {
      sending.resolve();
      return Promise.withResolvers<void>().promise;
    },
  };
  const { work, queue } = setup(stuck);
  const worker = work();
  const id = await queue();
  await sending.promise;
  const began = performance.now();
  await worker.stop();
  expect(performance.now() - began).toBeLessThan(5_000);
  expect(await readMailJob(database.ownerDb, id)).toMatchObject({ lockedBy: null, attempts: 1 });
}, 30_000);
