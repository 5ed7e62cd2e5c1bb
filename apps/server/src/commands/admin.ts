import { randomBytes } from "node:crypto";
import { parseArgs } from "node:util";
import { email as emailSchema, type Locale, locale as localeSchema } from "@tessera/contracts";
import { CodedError, inviteAdmin } from "@tessera/core";
import { appUrlsOf } from "../app-urls.ts";
import { loadConfig } from "../config.ts";
import { openDatabase } from "../database.ts";
import { createLog } from "../log.ts";
import { SetupError } from "../setup-error.ts";
import { runCommand, UsageError } from "./run-command.ts";

const usage = `Usage: pnpm admin create EMAIL [--locale fr|en]

  --locale fr|en  the language of the one who is invited (default: fr)

Makes an invitation for a first admin, or one more, and prints its link: it works once, within 48 hours. The password is
chosen behind the link, never here. No mail is sent. A newer invitation takes the place of the one before.
`;

const options = {
  locale: { type: "string", default: "fr" },
  help: { type: "boolean", short: "h", default: false },
} as const;

async function main(): Promise<number> {
  const { values, positionals } = readArguments();
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const [command, address, ...others] = positionals;
  if (command !== "create" || address === undefined || others.length > 0)
    throw new UsageError("Who shall be an admin?", usage);
  const { email, locale } = check(address, values.locale);
  const config = loadConfig({ dev: false, https: false });
  const appUrls = appUrlsOf(config.origins, `http://localhost:${config.port}`);

  const database = await openDatabase(config, { log: createLog("warn"), say: (sentence) => console.log(sentence) });
  try {
    const { link, expiresAt, hasAccount } = await inviteAdmin(
      { db: database.db, clock: () => new Date(), random: randomBytes, policy: { appUrls } },
      { email, locale },
    );
    console.log(describe({ email, link, expiresAt, hasAccount }));
    return 0;
  } catch (error) {
    throw explain(email, error);
  } finally {
    await database.close();
  }
}

function readArguments() {
  try {
    return parseArgs({ options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), usage);
  }
}

function check(address: string, wantedLocale: string): { email: string; locale: Locale } {
  const email = emailSchema.safeParse(address);
  if (!email.success) throw new UsageError(`${address} is not an e-mail address.`, usage);
  const locale = localeSchema.safeParse(wantedLocale);
  if (!locale.success) throw new UsageError(`--locale ${wantedLocale} is neither fr nor en.`, usage);
  return { email: email.data, locale: locale.data };
}

function describe(invitation: { email: string; link: string; expiresAt: Date; hasAccount: boolean }): string {
  const { email, link, expiresAt, hasAccount } = invitation;
  const next = hasAccount
    ? "It gives the account of this address the rights of an admin; sign in to the dashboard as before."
    : "There they choose a password, then add a second factor, and are an admin.";
  return `
Invitation for ${email}, good once and until ${expiresAt.toISOString().slice(0, 16).replace("T", " ")} UTC:

  ${link}

${next}
Whoever has this link can use it: give it to nobody else. The server must be running then (pnpm start).
`;
}

function explain(email: string, error: unknown): unknown {
  if (!(error instanceof CodedError)) return error;
  if (error.code === "account_disabled") {
    return new SetupError(
      `The account of ${email} is suspended: an administrator must restore it in the dashboard first.`,
    );
  }
  if (error.details["role"] === "admin") {
    return new SetupError(`${email} is an administrator already: sign in to the dashboard with this address.`);
  }
  return new SetupError(`Somebody else has just invited ${email}. Run the command again for a link of your own.`);
}

await runCommand(main);
