import { existsSync } from "node:fs";
import { isIP } from "node:net";
import path from "node:path";
import { type KekKind, kekKinds } from "@tessera/core";
import { z } from "zod";
import { mailFrom, smtpUrl } from "./adapters/mail-settings.ts";
import { type PaymentSettings, paymentsOf, paymentVariables } from "./adapters/payment-settings.ts";
import type { SmtpSettings } from "./adapters/smtp-mailer.ts";
import type { Origins } from "./http/hosts.ts";
import { originProblems, originsOf, passkeyDomainOf } from "./origins.ts";
import { rootFolder } from "./paths.ts";
import { SetupError } from "./setup-error.ts";

/** A KEK as the environment gives it: 32 bytes under a number that is never used again. */
export type Kek = { id: number; key: Buffer };

/** Everything that the process can be told, checked. Nothing else reads the environment. */
export type Config = {
  /** With the demo's programme and accounts, and the gates open now. Never in production. */
  demo: boolean;
  /** `--dev`: the three apps come from Vite, with hot reload. */
  dev: boolean;
  /** `--https`: a self-signed certificate, for phones and tablets on the local network. */
  https: boolean;
  host: string;
  /** 0: any free port. */
  port: number;
  /** Where browsers find each app, when that is not this machine: scheme, host and port, no path. */
  origins: Origins | undefined;
  /** The domain that passkeys are bound to; null: the host of whoever asks. */
  passkeyDomain: string | null;
  /** How many proxies of ours stand before us, each of which appends to `X-Forwarded-For`. */
  trustedProxies: number;
  /** Where tries are counted; undefined: in PostgreSQL. */
  redisUrl: string | undefined;
  dataDir: string;
  logLevel: LogLevel;
  /** Undefined: the embedded PostgreSQL. */
  database: { url: string; ownerUrl: string } | undefined;
  /** Those given in the environment; the first of a kind seals, the others only open. */
  keks: Partial<Record<KekKind, Kek[]>>;
  /** Never the demo's in production. */
  payments: PaymentSettings;
  /** Undefined in demo mode, whose mails stay in this process. */
  smtp: SmtpSettings | undefined;
  /** Where mails say that help is found; undefined: they speak of none. */
  helpContact: string | undefined;
  audit: {
    /** The seed (32 bytes) of the key that signs the audit log's checkpoints, if the environment gives it. */
    key: Buffer | undefined;
    /** Where checkpoints are appended: a file on storage that the database's machine cannot rewrite. */
    checkpoints: string;
  };
  /** Which Games: part of what every pass signs, and the programme's id. */
  gamesId: string;
  /** How long seats are held before payment has started, in demo mode; undefined: as the organiser's policy says. */
  holdSeconds: number | undefined;
  /** How long a second factor counts for what costs or grants something, in demo mode; undefined: as the policy says. */
  stepUpMinutes: number | undefined;
};

/** What the command line adds to the environment. */
export type Flags = { dev: boolean; https: boolean };

const logLevels = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;
type LogLevel = (typeof logLevels)[number];

/** Every variable that is wrong, each with what it should be. */
export class ConfigError extends SetupError {
  override readonly name = "ConfigError";
  override readonly exitCode = 78;
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(["The settings are not right:", ...problems.map((problem) => `  - ${problem}`)].join("\n"));
    this.problems = problems;
  }
}

/** Reads the environment, and before it the file `.env` of the clone, which does not override it. */
export function loadConfig(flags: Flags): Config {
  const file = path.join(rootFolder, ".env");
  if (existsSync(file)) process.loadEnvFile(file);
  return readConfig(process.env, flags);
}

/**
 * Makes the configuration from an environment: each variable by itself first, then how they fit together.
 *
 * @throws ConfigError with all that is wrong, never with the value of a secret
 */
export function readConfig(environment: Record<string, string | undefined>, flags: Flags): Config {
  // An empty variable is what a compose file passes on when nobody has set it.
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ""),
  );
  const read = variables.safeParse(given);
  if (!read.success) {
    throw new ConfigError(read.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}`));
  }
  return checkTogether(read.data, flags);
}

const postgresUrl = z.url({
  protocol: /^postgres(ql)?$/,
  error: "must be a URL such as postgres://user:password@host:5432/tessera",
});

const origin = z
  .url({ protocol: /^https?$/, abort: true, error: "must be an origin such as https://tickets.example.org" })
  .refine((text) => URL.canParse(text) && ["/", ""].includes(new URL(text).pathname) && !/[?#@]/.test(text), {
    error: "must be an origin such as https://tickets.example.org, without a path",
  })
  .transform((text) => new URL(text).origin);

const port = z
  .string()
  .regex(/^\d{1,5}$/, "must be a whole number from 0 to 65535")
  .transform(Number)
  .refine((number) => number <= 65_535, "must be a whole number from 0 to 65535");

const keksMessage = "must be id:base64[,id:base64…]: a number from 1 to 65535 and 32 bytes as base64, each id once";
const keks = z.string().transform((text, context): Kek[] => {
  const parsed = text.split(",").map((entry) => {
    const [, id = "", encoded = ""] = /^\s*(\d{1,5}):([A-Za-z0-9+/_-]{43}=?)\s*$/.exec(entry) ?? [];
    return { id: Number(id), key: Buffer.from(encoded, "base64") };
  });
  const right = parsed.every(({ id, key }) => id >= 1 && id <= 65_535 && key.length === 32);
  if (!right || new Set(parsed.map(({ id }) => id)).size !== parsed.length) {
    context.addIssue({ code: "custom", message: keksMessage });
  }
  return parsed;
});

const variables = z.object({
  NODE_ENV: z
    .enum(["development", "production", "test"], { error: "must be development, production or test" })
    .default("development"),
  HOST: z
    .string()
    .refine((text) => isIP(text) !== 0 || /^[a-z0-9.-]+$/i.test(text), "must be an address or a host name to listen on")
    .optional(),
  PORT: port.default(8080),
  DATABASE_URL: postgresUrl.optional(),
  DATABASE_OWNER_URL: postgresUrl.optional(),
  REDIS_URL: z
    .url({ protocol: /^rediss?$/, error: "must be a URL such as redis://user:password@host:6379/0" })
    .optional(),
  TESSERA_TRUSTED_PROXIES: z
    .string()
    .regex(/^[0-5]$/, "must be a whole number from 0 to 5")
    .default("0")
    .transform(Number),
  TESSERA_ORIGIN: origin.optional(),
  TESSERA_ADMIN_ORIGIN: origin.optional(),
  TESSERA_SCANNER_ORIGIN: origin.optional(),
  TESSERA_PASSKEY_DOMAIN: z
    .string()
    .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)*$/, "must be a domain such as tickets.example.org")
    .optional(),
  TESSERA_DATA_DIR: z.string().optional(),
  TESSERA_LOG_LEVEL: z.enum(logLevels, { error: `must be one of ${logLevels.join(", ")}` }).default("info"),
  TESSERA_DEMO: z.enum(["on", "off"], { error: "must be on or off" }).optional(),
  TESSERA_GAMES_ID: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/, "must be 1 to 40 of a-z, 0-9 and -, such as paris-2024")
    .default("demo-2028"),
  TESSERA_STEP_UP_MINUTES: z
    .string()
    .regex(/^([1-9]|[1-5]\d|60)$/, "must be a whole number from 1 to 60")
    .transform(Number)
    .optional(),
  TESSERA_HOLD_SECONDS: z
    .string()
    .regex(/^[1-9]\d{0,3}$/, "must be a whole number from 1 to 9999")
    .transform(Number)
    .optional(),
  ...paymentVariables,
  TESSERA_SMTP_URL: smtpUrl.optional(),
  TESSERA_MAIL_FROM: mailFrom.optional(),
  TESSERA_HELP_CONTACT: z
    .string()
    .trim()
    .regex(/^[^\p{Cc}]{3,200}$/u, "must be 3 to 200 characters on one line, such as help@tickets.example.org")
    .optional(),
  TESSERA_AUDIT_KEY: z
    .string()
    .regex(/^[A-Za-z0-9+/_-]{43}=?$/, "must be 32 bytes as base64")
    .transform((text) => Buffer.from(text, "base64"))
    .optional(),
  TESSERA_AUDIT_CHECKPOINTS: z.string().optional(),
  TESSERA_KEK_ACCOUNT: keks.optional(),
  TESSERA_KEK_PURCHASE: keks.optional(),
  TESSERA_KEK_TOTP: keks.optional(),
  TESSERA_KEK_ISSUER: keks.optional(),
  TESSERA_KEK_LIST: keks.optional(),
  TESSERA_KEK_TOKEN: keks.optional(),
  TESSERA_KEK_MAIL: keks.optional(),
});

const kekVariables = {
  account: "TESSERA_KEK_ACCOUNT",
  purchase: "TESSERA_KEK_PURCHASE",
  totp: "TESSERA_KEK_TOTP",
  issuer: "TESSERA_KEK_ISSUER",
  list: "TESSERA_KEK_LIST",
  token: "TESSERA_KEK_TOKEN",
  mail: "TESSERA_KEK_MAIL",
} as const satisfies Record<KekKind, keyof z.output<typeof variables>>;

/** The variable that can hold the KEKs of a kind, for messages that name it. */
export const kekVariableOf = (kind: KekKind): string => kekVariables[kind];

function checkTogether(read: z.output<typeof variables>, flags: Flags): Config {
  const production = read.NODE_ENV === "production";
  const { DATABASE_URL: url, DATABASE_OWNER_URL: ownerUrl } = read;
  const embedded = url === undefined && ownerUrl === undefined;
  const demo = !production && (embedded || read.TESSERA_DEMO === "on");
  const payments = paymentsOf(read, { demo, production });
  const problems = [
    ...databaseProblems(read, production),
    ...originProblems(read, { production }),
    ...(production ? productionProblems(read, flags) : []),
    ...(embedded && !production && read.TESSERA_DEMO === "off"
      ? ["TESSERA_DEMO cannot be off with the embedded database: set DATABASE_URL and DATABASE_OWNER_URL"]
      : []),
    ...("problems" in payments ? payments.problems : []),
    ...(demo ? [] : mailProblems(read)),
  ];
  if (problems.length > 0 || "problems" in payments) throw new ConfigError(problems);
  const dataDir = path.resolve(rootFolder, read.TESSERA_DATA_DIR ?? ".data");

  return {
    demo,
    ...flags,
    host: read.HOST ?? (production || flags.https ? "0.0.0.0" : "127.0.0.1"),
    port: read.PORT,
    origins: originsOf(read),
    passkeyDomain: passkeyDomainOf(read),
    trustedProxies: read.TESSERA_TRUSTED_PROXIES,
    redisUrl: read.REDIS_URL,
    dataDir,
    logLevel: read.TESSERA_LOG_LEVEL,
    database: url === undefined || ownerUrl === undefined ? undefined : { url, ownerUrl },
    keks: Object.fromEntries(
      kekKinds.flatMap((kind) => {
        const given = read[kekVariables[kind]];
        return given === undefined ? [] : [[kind, given]];
      }),
    ),
    payments,
    smtp: demo ? undefined : smtpOf(read),
    helpContact: read.TESSERA_HELP_CONTACT ?? (demo ? "help@tessera.example" : undefined),
    audit: {
      key: read.TESSERA_AUDIT_KEY,
      checkpoints: path.resolve(
        rootFolder,
        read.TESSERA_AUDIT_CHECKPOINTS ?? path.join(dataDir, "audit-checkpoints.jsonl"),
      ),
    },
    gamesId: read.TESSERA_GAMES_ID,
    holdSeconds: demo ? read.TESSERA_HOLD_SECONDS : undefined,
    stepUpMinutes: demo ? read.TESSERA_STEP_UP_MINUTES : undefined,
  };
}

function databaseProblems(read: z.output<typeof variables>, production: boolean): string[] {
  const urls = { DATABASE_URL: read.DATABASE_URL, DATABASE_OWNER_URL: read.DATABASE_OWNER_URL };
  const missing = Object.entries(urls).flatMap(([name, value]) => (value === undefined ? [name] : []));
  if (missing.length === 0 || (missing.length === 2 && !production)) return [];
  const why = production ? "in production there is no embedded database" : "the two go together";
  return missing.map((name) => `${name} is missing: ${why}`);
}

function mailProblems(read: z.output<typeof variables>): string[] {
  return [
    ...(read.TESSERA_SMTP_URL === undefined
      ? ["TESSERA_SMTP_URL is missing: the server that takes mails, such as smtps://user:password@mail.example.org:465"]
      : []),
    ...(read.TESSERA_MAIL_FROM === undefined
      ? ["TESSERA_MAIL_FROM is missing: who mails are from, such as Tessera <tickets@example.org>"]
      : []),
  ];
}

function smtpOf({ TESSERA_SMTP_URL: server, TESSERA_MAIL_FROM: from }: z.output<typeof variables>) {
  return server === undefined || from === undefined ? undefined : { ...server, from };
}

function productionProblems(read: z.output<typeof variables>, flags: Flags): string[] {
  return [
    ...(read.TESSERA_DEMO === "on" ? ["TESSERA_DEMO cannot be on: there is no demo mode in production"] : []),
    ...(flags.dev ? ["NODE_ENV cannot be production with --dev"] : []),
  ];
}
