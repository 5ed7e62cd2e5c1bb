import type { MailContent, MailTicket } from "@tessera/contracts";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readMailJob, setMailJobLock } from "../testing/mail-jobs.queries.ts";
import { testContext } from "../testing/test-context.ts";
import { queueMail } from "./queue-mail.ts";
import { forgetOldMails, releaseAbandonedMails, sendMail } from "./send-mail.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const to = "camille@example.test";
const readyAt = new Date("2028-07-17T12:00:00.123Z");

function setup() {
  const test = testContext({ db: database.db });
  const queue = (): Promise<string> =>
    database.db.transaction().execute((trx) =>
      queueMail(trx, test.ctx, {
        to,
        locale: "en",
        accountId: null,
        content: { template: "factor_reset_requested", cancelLink: "https://tickets.test/link/x#y", readyAt },
      }),
    );
  return { ...test, queue };
}

function rowOf(id: string) {
  return database.db.selectFrom("mail").select(["sent_at", "sealed_content"]).where("id", "=", id).executeTakeFirst();
}

it("gives the mailer what was queued, notes it and erases it", async () => {
  const { ctx, mails, queue } = setup();
  const id = await queue();
  await sendMail(ctx, id);
  const content = { template: "factor_reset_requested", cancelLink: "https://tickets.test/link/x#y", readyAt };
  expect(mails).toEqual([{ id, to, locale: "en", content }]);
  expect(await rowOf(id)).toMatchObject({ sent_at: ctx.clock(), sealed_content: null });
});

it("gives the moments of a mail back as such, however deep they lie", async () => {
  const { ctx, mails } = setup();
  const ticket: MailTicket = {
    reference: "7K3QX9WZ2M",
    competitionSessionCode: "ATH05",
    discipline: "Athletics",
    disciplineCode: "ATH",
    venue: "Stade de France",
    startsAt: readyAt,
    timeZone: "Europe/Paris",
  };
  const contents: MailContent[] = [
    { template: "hand_over_offered", giver: "Zoé", tickets: [ticket, ticket], expiresAt: readyAt, link: "https://x" },
    {
      template: "hand_over_ended",
      outcome: "void",
      to: "receiver",
      other: "Zoé",
      tickets: [ticket],
      link: "https://x",
    },
    { template: "tickets_cancelled", tickets: [ticket], reason: "refunded" },
  ];
  for (const content of contents) {
    const id = await database.db
      .transaction()
      .execute((trx) => queueMail(trx, ctx, { to, locale: "fr", accountId: null, content }));
    await sendMail(ctx, id);
  }
  expect(mails.map(({ content }) => content)).toEqual(contents);
});

it("sends no mail a second time, and none that is not there", async () => {
  const { ctx, mails, queue } = setup();
  const id = await queue();
  await sendMail(ctx, id);
  await sendMail(ctx, id);
  await sendMail(ctx, "0198a3c2-0000-7000-8000-000000000000");
  expect(mails).toHaveLength(1);
});

it("keeps what the mailer rejects, for the next try", async () => {
  const { ctx, mails, queue } = setup();
  const id = await queue();
  const away = { ...ctx, mailer: { send: () => Promise.reject(new Error("away")) } };
  await expect(sendMail(away, id)).rejects.toThrow("away");
  expect(await rowOf(id)).toMatchObject({ sent_at: null });
  await sendMail(ctx, id);
  expect(mails).toHaveLength(1);
});

it("keeps what no KEK here opens", async () => {
  const { queue } = setup();
  const id = await queue();
  const stranger = setup();
  await expect(sendMail(stranger.ctx, id)).rejects.toThrow("not_authentic");
  expect(stranger.mails).toEqual([]);
  expect((await rowOf(id))?.sealed_content).not.toBeNull();
});

it("is queued as a job that knows the mail's id and nothing else, with the transaction or not at all", async () => {
  const { ctx, queue } = setup();
  const id = await queue();
  const job = { payload: { mailId: id }, attempts: 0, lastError: null, lockedBy: null };
  expect(await readMailJob(database.ownerDb, id)).toEqual(job);
  let rolledBack = "";
  const rollback = database.db.transaction().execute(async (trx) => {
    const content = { template: "account_disabled" } as const;
    rolledBack = await queueMail(trx, ctx, { to, locale: "fr", accountId: null, content });
    throw new Error("no");
  });
  await expect(rollback).rejects.toThrow("no");
  expect(await readMailJob(database.ownerDb, rolledBack)).toBeUndefined();
});

it("the application reaches the queue of jobs in no other way", async () => {
  for (const statement of [
    "select graphile_worker.add_job('send_mail')",
    "select * from graphile_worker.jobs",
    "select queue_mail_job()",
  ]) {
    await expect(sql.raw(statement).execute(database.db)).rejects.toMatchObject({ code: "42501" });
  }
});

it("gives back what a killed worker keeps, and leaves the others theirs", async () => {
  const { ctx, queue } = setup();
  const [abandoned, underWay] = [await queue(), await queue()];
  await setMailJobLock(database.ownerDb, abandoned, 121);
  await setMailJobLock(database.ownerDb, underWay, 100);
  expect(await releaseAbandonedMails(ctx)).toBe(1);
  expect(await readMailJob(database.ownerDb, abandoned)).toMatchObject({ lockedBy: null });
  expect(await readMailJob(database.ownerDb, underWay)).toMatchObject({ lockedBy: "worker-of-a-test" });
});

it("erases what could not be sent within three days, and keeps for that long what somebody may have tried again", async () => {
  const { ctx, clock, queue } = setup();
  const id = await queue();
  clock.advance(3 * 86_400_000);
  await forgetOldMails(ctx);
  expect((await rowOf(id))?.sealed_content).not.toBeNull();
  clock.advance(1);
  await forgetOldMails(ctx);
  expect(await rowOf(id)).toMatchObject({ sent_at: null, sealed_content: null });
});

it("forgets mails after 90 days", async () => {
  const { ctx, clock, queue } = setup();
  const old = await queue();
  clock.advance(89 * 86_400_000);
  await forgetOldMails(ctx);
  expect(await rowOf(old)).toBeDefined();
  clock.advance(86_400_001);
  const fresh = await queue();
  await forgetOldMails(ctx);
  expect(await rowOf(old)).toBeUndefined();
  expect(await rowOf(fresh)).toBeDefined();
});
