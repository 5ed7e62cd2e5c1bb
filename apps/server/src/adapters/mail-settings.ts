import { z } from "zod";
import type { SmtpSettings } from "./smtp-mailer.ts";

const smtpMessage =
  "must be a URL such as smtps://user:password@mail.example.org:465; " +
  "smtp: needs STARTTLS, unless it ends with ?ignoreTLS=true";

/** `TESSERA_SMTP_URL`: scheme, host, port, and the account, in which special characters are percent-encoded. */
export const smtpUrl = z.string().transform((text, context): Omit<SmtpSettings, "from"> => {
  const settings = readSmtpUrl(text);
  if (settings === undefined) context.addIssue({ code: "custom", message: smtpMessage });
  return settings ?? z.NEVER;
});

/** `TESSERA_MAIL_FROM`: an address, alone or with a name before it. */
export const mailFrom = z.string().transform((text, context): SmtpSettings["from"] => {
  const [, name = "", named, bare = ""] =
    /^(?:([^<>"\r\n]{0,100}?)\s*<([^<>\s]+)>|([^<>\s]+))$/.exec(text.trim()) ?? [];
  const address = named ?? bare;
  if (!z.email().safeParse(address).success) {
    context.addIssue({
      code: "custom",
      message: "must be an address such as tickets@example.org or Tessera <tickets@example.org>",
    });
  }
  return { name, address };
});

function readSmtpUrl(text: string): Omit<SmtpSettings, "from"> | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || url.hostname === "" || !["smtp:", "smtps:"].includes(url.protocol)) return undefined;
  const tls = url.protocol === "smtps:";
  const starttls = url.searchParams.get("ignoreTLS") !== "true";
  const [user, pass] = [decode(url.username), decode(url.password)];
  if (user === undefined || pass === undefined) return undefined;
  return {
    // An IPv6 address stands in brackets in a URL only.
    host: url.hostname.replace(/^\[(.*)\]$/, "$1"),
    port: url.port === "" ? (tls ? 465 : 587) : Number(url.port),
    encryption: tls ? "tls" : starttls ? "starttls" : "none",
    auth: user === "" ? undefined : { user, pass },
  };
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
