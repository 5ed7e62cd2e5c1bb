import type { Mailer } from "@tessera/core";
import { renderMail } from "@tessera/documents";
import { createTransport } from "nodemailer";

/** Where mail is handed over, and in whose name. */
export type SmtpSettings = {
  host: string;
  port: number;
  /** `tls`: from the first byte; `starttls`: refused without; `none`: for a relay that is as near as this process. */
  encryption: "tls" | "starttls" | "none";
  auth: { user: string; pass: string } | undefined;
  from: { name: string; address: string };
  /** Where mails say that help is found. */
  helpContact?: string | undefined;
};

export type SmtpMailer = Mailer & {
  /** Lets go of the connections that wait for the next mail. */
  close: () => void;
};

/** As many as the worker has mails under way (jobs/worker.ts). */
const connections = 2;
const connectMs = 10_000;
const silenceMs = 20_000;

/**
 * Draws mails and hands them to an SMTP server (RFC 5321). Every try of a mail has the same Message-ID, by which
 * whoever receives it twice can tell.
 */
export function createSmtpMailer({ host, port, encryption, auth, from, helpContact }: SmtpSettings): SmtpMailer {
  const transport = createTransport({
    pool: true,
    maxConnections: connections,
    host,
    port,
    secure: encryption === "tls",
    requireTLS: encryption === "starttls",
    ignoreTLS: encryption === "none",
    connectionTimeout: connectMs,
    greetingTimeout: connectMs,
    socketTimeout: silenceMs,
    // What is drawn brings its attachments along, and has nothing to fetch.
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(auth === undefined ? {} : { auth }),
  });
  const domain = from.address.slice(from.address.lastIndexOf("@") + 1);
  return {
    async send({ id, to, locale, content: said }) {
      const { subject, text, html, attachments } = await renderMail({ locale, content: said, helpContact });
      try {
        await transport.sendMail({
          from,
          // As an object it is one address, whatever signs it holds.
          to: { name: "", address: to },
          subject,
          text,
          html,
          attachments: attachments.map(({ fileName, contentType, text: content }) => ({
            filename: fileName,
            contentType,
            content,
          })),
          messageId: `<${id}@${domain}>`,
          // RFC 3834, and what Exchange asks for: no answer by a machine.
          headers: {
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
            "Content-Language": locale,
          },
        });
      } catch (error) {
        throw withoutAddresses(error);
      }
    },
    close: () => transport.close(),
  };
}

/** What a server answers often quotes the address that it refuses: of that only the codes are kept. */
function withoutAddresses(error: unknown): Error {
  const fields = new Map<string, unknown>(error instanceof Error ? Object.entries(error) : []);
  const parts = ["code", "command", "responseCode"].flatMap((name) => {
    const value = fields.get(name);
    return typeof value === "string" || typeof value === "number" ? [`${name} ${value}`] : [];
  });
  // Before anything was said, no address was: why there is no connection, or no trust in its certificate.
  if (fields.get("command") === "CONN" && error instanceof Error) parts.push(error.message);
  return new Error(`the SMTP server did not take the mail (${parts.join(", ")})`);
}
