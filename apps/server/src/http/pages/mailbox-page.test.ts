import { testContext } from "@tessera/core/testing";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createDemoMailbox, type DemoMailbox } from "../../adapters/demo-mailbox.ts";
import { testApp } from "../../testing/test-app.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const at = new Date("2028-07-14T12:00:00Z");
const link = "https://tickets.test/link/invitation#secret";

async function setup() {
  const mailbox = createDemoMailbox(() => at);
  await send(mailbox, "a", "zoe@example.test", "Zoé");
  await send(mailbox, "b", "max@example.test", `<script>alert("Max")</script>`);
  const { ctx } = testContext({ db: database.db });
  const { app } = testApp(ctx, { demoMailbox: mailbox });
  return { mailbox, app, get: (path: string) => app.request(path, { headers: { "accept-language": "en" } }) };
}

function send(mailbox: DemoMailbox, id: string, to: string, invitedBy: string): Promise<void> {
  const content = { template: "invitation", link, role: "staff", hours: 48, invitedBy } as const;
  return mailbox.send({ id, to, locale: "en", content });
}

it("lists the mails as drawn, the newest first, and those of one address", async () => {
  const { get } = await setup();
  const all: unknown = await (await get("/demo/mailbox.json")).json();
  expect(all).toMatchObject([{ to: "max@example.test" }, { to: "zoe@example.test" }]);
  const zoes: unknown = await (await get("/demo/mailbox.json?to=Zoe@Example.test")).json();
  expect(zoes).toEqual([
    {
      to: "zoe@example.test",
      subject: "Join the ticket office’s team",
      text: expect.stringContaining(link) as string,
      html: expect.stringContaining(link) as string,
      at: at.toISOString(),
    },
  ]);
});

it("shows them to people, reloads by itself and leads where they lead", async () => {
  const { get } = await setup();
  const response = await get("/demo/mailbox");
  expect(response.headers.get("refresh")).toBe("10");
  expect(response.headers.get("content-security-policy")).not.toContain("unsafe-inline");
  const page = await response.text();
  expect(page.indexOf("max@example.test")).toBeLessThan(page.indexOf("zoe@example.test"));
  expect(page).toContain(`<a href="${link}">${link}</a>`);
  expect(page).toContain(`<a href="/demo/mailbox/a">`);
  expect(page).not.toContain("<script>");
  expect(await (await get("/demo/mailbox?to=zoe@example.test")).text()).not.toContain("max@example.test");
});

it("shows the layout of a mail in a document that may do nothing", async () => {
  const { get } = await setup();
  const response = await get("/demo/mailbox/b");
  const policy = response.headers.get("content-security-policy");
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("sandbox");
  expect(policy).not.toMatch(/allow-scripts|allow-same-origin|script-src/);
  expect(await response.text()).toContain("&lt;script&gt;");
  expect((await get("/demo/mailbox/c")).status).toBe(404);
});

it("hands out the files that came with a mail, to be saved", async () => {
  const { mailbox, get } = await setup();
  await mailbox.send({
    id: "p",
    to: "zoe@example.test",
    locale: "en",
    content: {
      template: "order_paid",
      reference: "7K3QX9WZ2M",
      totalCents: 9000,
      tickets: 1,
      late: false,
      competitionSessions: [
        {
          id: "0198a7e0-0000-7000-8000-000000000001",
          code: "ATH05",
          disciplineCode: "ATH",
          discipline: "Athletics",
          events: "Women’s 100 m",
          medal: true,
          state: "scheduled",
          venueCode: "STA",
          venue: "Stade de l’Est",
          city: "Paris",
          timeZone: "Europe/Paris",
          startsAt: "2028-07-16T17:30:00.000Z",
          endsAt: "2028-07-16T20:00:00.000Z",
        },
      ],
      ticketsLink: "https://tickets.test/tickets",
      orderLink: "https://tickets.test/orders/1",
    },
  });
  const address = "/demo/mailbox/p/tessera-7K3QX9WZ2M.ics";
  expect(await (await get("/demo/mailbox")).text()).toContain(`<a href="${address}">tessera-7K3QX9WZ2M.ics</a>`);
  const file = await get(address);
  expect(file.headers.get("content-type")).toContain("text/calendar");
  expect(file.headers.get("content-disposition")).toBe('attachment; filename="tessera-7K3QX9WZ2M.ics"');
  expect(await file.text()).toContain("SUMMARY:Athletics · ATH05");
  expect((await get("/demo/mailbox/p/another.ics")).status).toBe(404);
  expect((await get("/demo/mailbox/a/tessera-7K3QX9WZ2M.ics")).status).toBe(404);
});

it("keeps the newest 200", async () => {
  const mailbox = createDemoMailbox(() => at);
  for (let count = 0; count < 201; count += 1) await send(mailbox, String(count), "zoe@example.test", "Zoé");
  expect(mailbox.mails()).toHaveLength(200);
  expect(mailbox.mails()[0]?.id).toBe("200");
});

it("says when, and in whose time, in the reader's language", async () => {
  const { get, app } = await setup();
  expect(await (await get("/demo/mailbox")).text()).toContain("14 Jul 2028, 14:00:00 CEST");
  const french = await app.request("/demo/mailbox", { headers: { "accept-language": "fr" } });
  expect(await french.text()).toContain("14 juil. 2028, 14:00:00 UTC+2");
});

it("does not exist outside demo mode", async () => {
  const { app } = testApp(testContext({ db: database.db }).ctx);
  for (const path of ["/demo/mailbox", "/demo/mailbox.json", "/demo/mailbox/a"]) {
    expect(await (await app.request(path)).text()).toBe("an app");
  }
});
