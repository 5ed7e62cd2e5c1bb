import { describe, expect, it } from "vitest";
import { ConfigError, readConfig } from "./config.ts";

const flags = { dev: false, https: false };
const url = "postgres://tessera_app:secret@db:5432/tessera";
const ownerUrl = "postgres://tessera_owner:secret@db:5432/tessera";
const mail = {
  TESSERA_SMTP_URL: "smtps://tessera:p%40ss%3Aword@mail.example.org",
  TESSERA_MAIL_FROM: "Jeux d’été <tickets@example.org>",
};
const stripe = {
  TESSERA_PAYMENTS: "stripe",
  STRIPE_SECRET_KEY: "rk_live_0123456789",
  STRIPE_WEBHOOK_SECRET: "whsec_0123456789",
};
const production = {
  ...mail,
  ...stripe,
  NODE_ENV: "production",
  DATABASE_URL: url,
  DATABASE_OWNER_URL: ownerUrl,
  TESSERA_ORIGIN: "https://tickets.example.org",
  TESSERA_ADMIN_ORIGIN: "https://admin.tickets.example.org",
  TESSERA_SCANNER_ORIGIN: "https://gate.tickets.example.org",
};

function problemsOf(environment: Record<string, string>, given = flags): readonly string[] {
  try {
    readConfig(environment, given);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe("what is right", () => {
  it("is the demo on the embedded database when nothing is set", () => {
    expect(readConfig({}, flags)).toMatchObject({ demo: true, host: "127.0.0.1", port: 8080, database: undefined });
  });

  it("takes an empty variable for one that nobody has set", () => {
    expect(readConfig({ PORT: "", DATABASE_URL: "", TESSERA_ORIGIN: "" }, flags)).toMatchObject({
      demo: true,
      port: 8080,
    });
  });

  it("is no demo in production", () => {
    const config = readConfig(production, flags);
    expect(config).toMatchObject({ demo: false, host: "0.0.0.0", database: { url, ownerUrl } });
  });

  it("is a demo on a database of one's own only when asked for", () => {
    const own = { ...mail, DATABASE_URL: url, DATABASE_OWNER_URL: ownerUrl, TESSERA_PAYMENTS: "demo" };
    expect(readConfig(own, flags).demo).toBe(false);
    expect(readConfig({ ...own, TESSERA_DEMO: "on" }, flags).demo).toBe(true);
  });

  it("takes real money by Stripe, and in demo mode none unless told", () => {
    expect(readConfig({}, flags).payments).toEqual({ provider: "demo" });
    expect(readConfig(production, flags).payments).toEqual({
      provider: "stripe",
      secretKey: "rk_live_0123456789",
      webhookSecret: "whsec_0123456789",
      apiUrl: "https://api.stripe.com",
    });
    const told = { ...stripe, STRIPE_SECRET_KEY: "sk_test_0123456789", STRIPE_API_URL: "http://127.0.0.1:12111" };
    expect(readConfig(told, flags).payments).toMatchObject({ provider: "stripe", apiUrl: "http://127.0.0.1:12111" });
  });

  it("trusts no proxy and counts in PostgreSQL unless told otherwise", () => {
    expect(readConfig({}, flags)).toMatchObject({ trustedProxies: 0, redisUrl: undefined });
    const told = readConfig({ TESSERA_TRUSTED_PROXIES: "2", REDIS_URL: "rediss://cache:6380/1" }, flags);
    expect(told).toMatchObject({ trustedProxies: 2, redisUrl: "rediss://cache:6380/1" });
  });

  it("hands mails to the SMTP server, in whose name is said", () => {
    expect(readConfig(production, flags).smtp).toEqual({
      host: "mail.example.org",
      port: 465,
      encryption: "tls",
      auth: { user: "tessera", pass: "p@ss:word" },
      from: { name: "Jeux d’été", address: "tickets@example.org" },
    });
  });

  it.each([
    ["smtp://relay", { host: "relay", port: 587, encryption: "starttls" }],
    ["smtp://[::1]:25?ignoreTLS=true", { host: "::1", port: 25, encryption: "none" }],
  ])("reads %s", (smtpUrl, expected) => {
    const { smtp } = readConfig(
      { ...production, TESSERA_SMTP_URL: smtpUrl, TESSERA_MAIL_FROM: "tickets@example.org" },
      flags,
    );
    const from = { name: "", address: "tickets@example.org" };
    expect(smtp).toEqual({ ...expected, auth: undefined, from });
  });

  it("says where help is found only as it is told, and in demo mode somewhere", () => {
    expect(readConfig(production, flags).helpContact).toBeUndefined();
    const told = { ...production, TESSERA_HELP_CONTACT: "help@tickets.example.org" };
    expect(readConfig(told, flags).helpContact).toBe("help@tickets.example.org");
    expect(readConfig({}, flags).helpContact).toBe("help@tessera.example");
  });

  it("sends no mail in demo mode, whatever is set", () => {
    expect(readConfig(mail, flags).smtp).toBeUndefined();
  });

  it("holds seats as long as it is told in demo mode only", () => {
    expect(readConfig({ TESSERA_HOLD_SECONDS: "6" }, flags).holdSeconds).toBe(6);
    expect(readConfig({ ...production, TESSERA_HOLD_SECONDS: "6" }, flags).holdSeconds).toBeUndefined();
    expect(readConfig({ TESSERA_STEP_UP_MINUTES: "60" }, flags).stepUpMinutes).toBe(60);
    expect(readConfig({ ...production, TESSERA_STEP_UP_MINUTES: "60" }, flags).stepUpMinutes).toBeUndefined();
  });

  it("listens to the whole network for --https", () => {
    expect(readConfig({}, { dev: false, https: true }).host).toBe("0.0.0.0");
  });

  it("reads several KEKs of a kind, the first to seal with", () => {
    const [one, two] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
    const text = `2:${two.toString("base64")}, 1:${one.toString("base64")}`;
    expect(readConfig({ TESSERA_KEK_TOTP: text }, flags).keks).toEqual({
      totp: [
        { id: 2, key: two },
        { id: 1, key: one },
      ],
    });
  });
});

describe("what is wrong", () => {
  it.each([
    ["PORT", "80x"],
    ["PORT", "70000"],
    ["HOST", "not a host"],
    ["NODE_ENV", "prod"],
    ["DATABASE_URL", "mysql://db/tessera"],
    ["DATABASE_OWNER_URL", "nonsense"],
    ["TESSERA_ORIGIN", "tickets.example.org"],
    ["TESSERA_ORIGIN", "https://tickets.example.org/shop"],
    ["TESSERA_LOG_LEVEL", "loud"],
    ["TESSERA_DEMO", "yes"],
    ["TESSERA_HOLD_SECONDS", "0"],
    ["TESSERA_STEP_UP_MINUTES", "61"],
    ["TESSERA_PAYMENTS", "cash"],
    ["STRIPE_SECRET_KEY", "pk_live_0123456789"],
    ["STRIPE_WEBHOOK_SECRET", "secret"],
    ["STRIPE_API_URL", "api.stripe.com"],
    ["STRIPE_API_URL", "http://stripe.example.org"],
    ["STRIPE_API_URL", "https://api.stripe.com/v1"],
    ["TESSERA_GAMES_ID", "Paris 2024"],
    ["TESSERA_SMTP_URL", "mail.example.org:465"],
    ["TESSERA_SMTP_URL", "https://mail.example.org"],
    ["TESSERA_SMTP_URL", "smtps://user:%zz@mail.example.org"],
    ["TESSERA_MAIL_FROM", "Tessera"],
    ["TESSERA_MAIL_FROM", "Tessera <tickets@example.org>, other@example.org"],
    ["TESSERA_MAIL_FROM", "Tessera\r\nBcc: a@example.org <tickets@example.org>"],
    ["TESSERA_KEK_ACCOUNT", "1:short"],
    ["TESSERA_KEK_ACCOUNT", `0:${Buffer.alloc(32).toString("base64")}`],
    [
      "TESSERA_KEK_TOKEN",
      Array(2)
        .fill(`1:${Buffer.alloc(32).toString("base64")}`)
        .join(","),
    ],
  ])("names the variable and what it should be: %s=%s", (name, value) => {
    expect(problemsOf({ [name]: value })).toContainEqual(expect.stringMatching(new RegExp(`^${name} must be `)));
  });

  it("says all of it at once, with the exit status for bad settings", () => {
    const environment = { PORT: "x", TESSERA_LOG_LEVEL: "x", TESSERA_ORIGIN: "x" };
    expect(problemsOf(environment)).toHaveLength(3);
    expect(() => readConfig(environment, flags)).toThrow(expect.objectContaining({ exitCode: 78 }));
  });

  it("never repeats a secret", () => {
    const secret = "mysql://tessera_app:hunter2@db/tessera";
    const smtp = "smtp//tessera:hunter2@mail.example.org";
    const problems = problemsOf({
      DATABASE_URL: secret,
      TESSERA_KEK_ACCOUNT: "1:hunter2",
      TESSERA_SMTP_URL: smtp,
      STRIPE_SECRET_KEY: "hunter2",
      STRIPE_WEBHOOK_SECRET: "hunter2",
    });
    expect(problems).toHaveLength(5);
    expect(problems.join()).not.toContain("hunter2");
  });

  it.each(["DATABASE_URL", "DATABASE_OWNER_URL"])("wants both databases: %s missing", (missing) => {
    const urls = Object.entries({ DATABASE_URL: url, DATABASE_OWNER_URL: ownerUrl }).filter(
      ([name]) => name !== missing,
    );
    const problems = problemsOf({ ...mail, ...Object.fromEntries(urls), TESSERA_PAYMENTS: "demo" });
    expect(problems).toEqual([expect.stringMatching(new RegExp(`^${missing} is missing`))]);
  });

  it.each([
    "DATABASE_URL",
    "DATABASE_OWNER_URL",
    "TESSERA_ORIGIN",
    "TESSERA_PAYMENTS",
    "STRIPE_SECRET_KEY",
    "STRIPE_WEBHOOK_SECRET",
    "TESSERA_SMTP_URL",
    "TESSERA_MAIL_FROM",
  ])("wants %s in production", (missing) => {
    const { [missing]: _, ...others } = Object.fromEntries(Object.entries(production));
    expect(problemsOf(others)).toEqual([expect.stringMatching(new RegExp(`^${missing} is missing`))]);
  });

  it("has no demo and no --dev in production", () => {
    const problems = problemsOf({ ...production, TESSERA_DEMO: "on" }, { dev: true, https: false });
    expect(problems).toEqual([expect.stringMatching(/^TESSERA_DEMO /), expect.stringMatching(/^NODE_ENV .*--dev/)]);
  });

  it("has no demo payments in production, and no real ones in the demo", () => {
    const unpaid = problemsOf({ ...production, TESSERA_PAYMENTS: "demo" });
    expect(unpaid).toEqual([expect.stringMatching(/^TESSERA_PAYMENTS cannot be demo/)]);
    expect(problemsOf(stripe)).toEqual([expect.stringMatching(/^STRIPE_SECRET_KEY must be a test key/)]);
  });

  it("has no embedded database without the demo", () => {
    expect(problemsOf({ TESSERA_DEMO: "off" })).toContainEqual(expect.stringMatching(/^TESSERA_DEMO /));
  });
});
