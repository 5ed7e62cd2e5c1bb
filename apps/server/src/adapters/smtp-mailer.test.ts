import { createServer } from "node:net";
import type { MailContent } from "@tessera/contracts";
import type { OutgoingMail } from "@tessera/core";
import { type ParsedMail, simpleParser } from "mailparser";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { afterEach, expect, it } from "vitest";
import { createSmtpMailer, type SmtpMailer, type SmtpSettings } from "./smtp-mailer.ts";

const ends: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

const id = "0198a3c2-1111-7222-8333-444455556666";
const to = "zoe+jeux@example.test";
const link = "https://tickets.test/link/invitation#s3cr-t_";
const content: MailContent = { template: "invitation", link, role: "staff", hours: 48, invitedBy: "Zoé Ångström 🏅" };
const mail: OutgoingMail = { id, to, locale: "fr", content };

type Received = { mails: ParsedMail[]; envelopes: { from: string; to: string[] }[]; port: number };

async function receive(options: SMTPServerOptions = {}, port = 0): Promise<Received> {
  const received: Received = { mails: [], envelopes: [], port };
  const server = new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    onData: (stream, session, callback) => {
      const { mailFrom, rcptTo } = session.envelope;
      received.envelopes.push({
        from: mailFrom === false ? "" : mailFrom.address,
        to: rcptTo.map(({ address }) => address),
      });
      simpleParser(stream).then(
        (parsed) => {
          received.mails.push(parsed);
          callback();
        },
        (error: unknown) => callback(error instanceof Error ? error : new Error("unreadable")),
      );
    },
    ...options,
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  ends.push(() => new Promise((resolve) => server.close(resolve)));
  const address = server.server.address();
  received.port = typeof address === "object" && address !== null ? address.port : 0;
  return received;
}

function mailerTo(port: number, settings: Partial<SmtpSettings> = {}): SmtpMailer {
  const mailer = createSmtpMailer({
    host: "127.0.0.1",
    port,
    encryption: "none",
    auth: undefined,
    from: { name: "Jeux d’été", address: "billets@example.org" },
    ...settings,
  });
  // Before its server, which waits for the connections that it keeps.
  ends.unshift(() => mailer.close());
  return mailer;
}

/** A port where nobody listens now. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address !== null ? address.port : 0;
}

const rejection = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

it("sends files along, as what they are", async () => {
  const received = await receive();
  const paid: MailContent = {
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
  };
  await mailerTo(received.port).send({ ...mail, content: paid });
  const [file, ...others] = received.mails[0]?.attachments ?? [];
  expect(others).toEqual([]);
  expect(file).toMatchObject({ filename: "tessera-7K3QX9WZ2M.ics", contentType: "text/calendar" });
  const text = file?.content.toString() ?? "";
  expect(text).toContain("SUMMARY:Athlétisme · ATH05");
  expect(text).toContain("LOCATION:Stade de l’Est\\, Paris");
});

it("hands over both parts, in UTF-8, under the mail's own id", async () => {
  const received = await receive();
  await mailerTo(received.port).send(mail);
  expect(received.envelopes).toEqual([{ from: "billets@example.org", to: [to] }]);
  const [got] = received.mails;
  expect(got?.messageId).toBe(`<${id}@example.org>`);
  expect(got?.subject).toBe("Rejoignez l’équipe de la billetterie");
  expect(got?.from?.text).toBe('"Jeux d’été" <billets@example.org>');
  expect(got?.to).toMatchObject({ value: [{ address: to, name: "" }] });
  expect(got?.text).toContain("Zoé Ångström 🏅 vous invite");
  expect(got?.text).toContain(`\n${link}\n`);
  expect(got?.html).toContain(`href="${link}"`);
  expect(got?.headers.get("auto-submitted")).toBe("auto-generated");
  expect(got?.headers.get("content-language")).toBe("fr");
  expect(got?.headers.get("content-type")).toMatchObject({ value: "multipart/alternative" });
  expect(got?.attachments).toEqual([]);
});

it("says the same id at every try", async () => {
  const received = await receive();
  const mailer = mailerTo(received.port);
  await mailer.send(mail);
  await mailer.send(mail);
  expect(new Set(received.mails.map(({ messageId }) => messageId)).size).toBe(1);
});

it("lets nobody put a header or a recipient into a mail", async () => {
  const received = await receive();
  const mailer = mailerTo(received.port);
  const invitedBy = "Eve\r\nBcc: victim@example.test\r\n\r\nSubject: hello";
  await mailer.send({ ...mail, content: { ...content, invitedBy } });
  await rejection(mailer.send({ ...mail, to: "zoe@example.test, victim@example.test" }));
  await rejection(mailer.send({ ...mail, to: "zoe@example.test\r\nRCPT TO:<victim@example.test>" }));
  const recipients = received.envelopes.flatMap((envelope) => envelope.to);
  expect(recipients).toContain(to);
  expect(recipients).not.toContain("victim@example.test");
  expect(received.mails.map(({ bcc }) => bcc)).toEqual(received.mails.map(() => undefined));
});

it("rejects while the server is away, and sends when it is back", async () => {
  const port = await freePort();
  const mailer = mailerTo(port);
  expect(await rejection(mailer.send(mail))).toMatchObject({
    message: expect.stringContaining("ECONNREFUSED") as string,
  });
  const received = await receive({}, port);
  await mailer.send(mail);
  expect(received.mails).toHaveLength(1);
});

it("tells why a server refuses without the address that it repeats", async () => {
  const refuse: SMTPServerOptions["onRcptTo"] = (address, _, callback) =>
    callback(Object.assign(new Error(`<${address.address}> is unknown here`), { responseCode: 550 }));
  const received = await receive({ onRcptTo: refuse });
  const error = await rejection(mailerTo(received.port).send(mail));
  expect(error).toBeInstanceOf(Error);
  expect(error).toMatchObject({ message: expect.stringContaining("550") as string });
  const { message, stack, cause } = error as Error;
  expect(`${message} ${stack} ${String(cause)}`).not.toContain("zoe");
});

it("sends nothing in the clear where TLS is asked for", async () => {
  const received = await receive();
  const error = await rejection(mailerTo(received.port, { encryption: "starttls" }).send(mail));
  expect(error).toMatchObject({ message: expect.stringContaining("ETLS") as string });
  expect(received.mails).toEqual([]);
});

it("signs in with the account of the settings", async () => {
  const signedIn: unknown[] = [];
  const received = await receive({
    disabledCommands: ["STARTTLS"],
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _, callback) => {
      signedIn.push([username, password]);
      callback(null, { user: username });
    },
  });
  await mailerTo(received.port, { auth: { user: "tessera", pass: "p@ss:word" } }).send(mail);
  expect(signedIn).toEqual([["tessera", "p@ss:word"]]);
  expect(received.mails).toHaveLength(1);
});
