import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { unzipSync } from "node:zlib";
import { encodeBase45 } from "@tessera/pass";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { expectShown } from "./expectations.ts";
import { openApiTablet } from "./gate/api-tablet.ts";
import { openApiSession } from "./people/api-session.ts";
import { awaitMail } from "./people/mailbox.ts";
import type { Person } from "./people/person.ts";
import { registerVisitor } from "./people/sign-in.ts";
import type { Run } from "./provided.ts";
import { findSecrets, type Shown } from "./secrets/find-secrets.ts";
import { keptInBrowser } from "./secrets/kept-in-browser.ts";
import { openSecrets } from "./secrets/open-secrets.ts";
import { recordAnswers } from "./secrets/recorded-answers.ts";
import { runCommand } from "./server/run-command.ts";
import { buyByApi } from "./shop/buy-by-api.ts";
import { test } from "./test.ts";

const session = "ROW02";
/** What everybody may ask for, and browsers may keep for a moment. */
const forEverybody = /\/trpc\/tickets\.catalogue\.(programme|competitionSession)\?/;

test("nothing that is answered, logged, mailed, printed or kept holds a key of a ticket or of the organiser", async ({
  openPage,
  run,
}) => {
  const { origin, dataDir } = run;
  const recording = recordAnswers(origin);
  const phoneOf = async (person: Person): Promise<Page> => {
    const page = await openPage({ size: "phone", person });
    recording.watch(page.context());
    return page;
  };
  const said: Shown[] = [];
  const command = async (...options: string[]): Promise<void> => {
    const text = await runCommand(dataDir, "keys", ...options);
    said.push({ where: `keys ${options.join(" ")}`, bytes: Buffer.from(text) });
  };
  const [giver, receiver] = await Promise.all([
    registerVisitor(origin, "Grace Hopper"),
    registerVisitor(origin, "Mary Somerville"),
    command("create", "issuer"),
  ]);
  await buyByApi(origin, giver, [{ session, kind: "family", category: "A", count: 1 }]);
  const giversPhone = await phoneOf(giver);
  const codes = [await activateTickets(giversPhone)];

  const { client } = openApiSession(origin, "shop", giver.cookies);
  const [kept, given, printed] = await client.tickets.tickets.mine.query({});
  if (kept === undefined || given === undefined || printed === undefined) throw new Error("not enough tickets");
  await client.tickets.handOvers.offer.mutate({ offers: [{ ticketId: given.id, email: receiver.email }] });
  const { client: receiving } = openApiSession(origin, "shop", receiver.cookies);
  const handOverIds = (await receiving.tickets.handOvers.list.query()).map(({ id }) => id);
  await receiving.tickets.handOvers.accept.mutate({ handOverIds });
  const receiversPhone = await phoneOf(receiver);
  codes.push(await activateTickets(receiversPhone));

  const { pdf } = await client.tickets.tickets.print.mutate({ tickets: [{ ticketId: printed.id, expectedEpoch: 1 }] });
  await client.tickets.sales.orders.query();
  await client.auth.personalData.download.mutate();
  await scan(run, codes);
  for (const { email } of [giver, receiver]) await awaitMail(origin, email, /(ROW02)/);
  await fetch(`${origin}/demo/mailbox`);
  await askAsAdmin(origin, run.admin, printed.orderReference ?? "");
  await Promise.all([command("list"), command("reseal")]);
  await recording.stop();

  const { answers } = recording;
  const { secrets, tokens, tables } = await openSecrets(dataDir);
  const inBrowsers = (await Promise.all([giversPhone, receiversPhone].map(keptInBrowser))).flat();
  // What was done last is written last.
  await expect.poll(() => readFile(run.logFile, "utf8")).toContain("admin.audit.entries");
  const log = { where: "log", bytes: await readFile(run.logFile) };
  const pages = { where: "paper", bytes: unpackPdf(Buffer.from(pdf, "base64url")) };
  const places = [...answers, ...said, ...tables, ...inBrowsers, log, pages];

  const kinds = new Set(secrets.map(({ what }) => /^(?:[a-z]+ key|KEK)(?: [ABK]\b)?/.exec(what)?.[0]));
  const wanted = ["account key A", "purchase key B", "ticket key K", "issuer key", "list key", "token key", "KEK"];
  expect(kinds).toEqual(new Set(wanted));
  expect(findSecrets(secrets, places)).toEqual([]);

  // The same search finds what a pass shows to everybody, amid the bytes of passes and as text: so it looked everywhere.
  const found = new Set(findSecrets(tokens, places).map(({ where }) => where.replace(/ .*/, "")));
  expect([...found]).toEqual(expect.arrayContaining(["answer", "IndexedDB"]));
  expect(log.bytes.toString()).toContain("tickets.tickets.activate");
  expect(said.map(({ bytes }) => bytes.length > 0)).toEqual([true, true, true]);

  const [planted] = secrets;
  if (planted === undefined) throw new Error("no secret at all");
  const text = Buffer.from(planted.bytes).toString("base64");
  await giversPhone.evaluate((one) => localStorage.setItem("planted", one), text);
  expect(findSecrets(secrets, await keptInBrowser(giversPhone))).toEqual([
    { what: planted.what, where: "localStorage" },
  ]);

  const cacheable = answers.filter(({ cacheControl, url }) => cacheControl !== "no-store" && !forEverybody.test(url));
  expect(cacheable.map(({ url, cacheControl }) => `${url}: ${cacheControl}`)).toEqual([]);
});

test("a secret that slipped in is found, in any form and amid anything", () => {
  const bytes = randomBytes(32);
  const secret = { what: "it", bytes };
  for (const before of [0, 1, 2, 3]) {
    const amid = Buffer.concat([randomBytes(before), bytes, randomBytes(5)]);
    const forms = [
      amid,
      Buffer.from(amid.toString("hex")),
      Buffer.from(amid.toString("hex").toUpperCase()),
      Buffer.from(amid.toString("base64")),
      Buffer.from(amid.toString("base64url")),
      Buffer.from(encodeBase45(amid)),
      Buffer.from(amid.join(",")),
      Buffer.from(JSON.stringify([...amid], null, 1).replaceAll("\n", "")),
    ];
    for (const [index, form] of forms.entries()) {
      const place = { where: String(index), bytes: form };
      expect(findSecrets([secret], [place]), `form ${index} after ${before} bytes`).toEqual([
        { what: "it", where: String(index) },
      ]);
    }
  }
  expect(findSecrets([secret], [{ where: "elsewhere", bytes: randomBytes(1000) }])).toEqual([]);
});

/** Opens the tickets that wait on a phone, ties them to it, and gives the code that it shows. */
async function activateTickets(page: Page): Promise<string> {
  await page.goto("/tickets");
  await page.getByRole("link", { name: /^Open the (\d+ )?tickets?$/ }).click();
  await page.getByRole("button", { name: /^Activate (this ticket|the \d+ tickets of the order)$/ }).click();
  await expectShown(page.getByRole("img", { name: /^Entry code of ticket/ }));
  await page.getByRole("button", { name: "Show code as text" }).click();
  return page.getByRole("textbox", { name: "Code as text" }).inputValue();
}

async function scan(run: Run, codes: readonly string[]): Promise<void> {
  const tablet = await openApiTablet(run, { sessions: [session], gate: "A" });
  for (const code of [...codes, "TSR1:", codes[0] ?? ""]) await tablet.ask(code);
}

async function askAsAdmin(origin: string, admin: Person, search: string): Promise<void> {
  const { client } = openApiSession(origin, "admin", admin.cookies);
  const { orders } = await client.admin.sales.orders.query({ search });
  await client.admin.sales.order.query({ orderId: orders[0]?.id ?? "" });
  await client.admin.audit.entries.query({ action: null, accountId: null, before: null });
}

/** A PDF with all its streams unpacked. */
function unpackPdf(pdf: Buffer): Buffer {
  const text = pdf.toString("latin1");
  const streams = [...text.matchAll(/FlateDecode[^]*?stream\r?\n/g)].map(({ 0: head, index }) => {
    const from = index + head.length;
    return unzipSync(pdf.subarray(from, text.indexOf("endstream", from)));
  });
  expect(streams.length).toBeGreaterThan(0);
  return Buffer.concat([pdf, ...streams]);
}
