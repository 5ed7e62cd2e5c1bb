import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, expect, test } from "vitest";

const command = fileURLToPath(new URL("admin.ts", import.meta.url));

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

type Run = { code: number; out: string; error: string };

function run(parameters: readonly string[], environment: Record<string, string> = {}): Promise<Run> {
  const env = {
    ...process.env,
    DATABASE_URL: database.databaseUrl,
    DATABASE_OWNER_URL: database.ownerUrl,
    TESSERA_PAYMENTS: "demo",
    TESSERA_SMTP_URL: "smtps://mail.example.org",
    TESSERA_MAIL_FROM: "tickets@example.org",
    TESSERA_DEMO: "on",
    PORT: "8123",
    ...environment,
  };
  return new Promise((resolve) => {
    execFile(process.execPath, [command, ...parameters], { env }, (failure, out, error) => {
      resolve({ code: typeof failure?.code === "number" ? failure.code : 0, out, error });
    });
  });
}

const linkIn = ({ out }: Run): string => /^ {2}(https?:\S+)$/m.exec(out)?.[1] ?? "";

const openInvitations = (email: string) =>
  database.ownerDb
    .selectFrom("invitation")
    .innerJoin("mail_token", "mail_token.subject_id", "invitation.id")
    .select(["invitation.role", "invitation.locale", "invitation.invited_by", "mail_token.token_hash"])
    .where("invitation.email", "=", email)
    .where("invitation.revoked_at", "is", null)
    .execute();

test("prints the link of an invitation; a second one takes its place", async () => {
  const first = await run(["create", " Ada@Example.org", "--locale", "en"]);
  expect(first).toMatchObject({ code: 0, error: "" });
  expect(first.out).toContain("Invitation for ada@example.org, good once and until ");
  const [start, token = ""] = linkIn(first).split("#");
  expect(start).toBe("http://localhost:8123/admin/link/invitation");
  const stored = { role: "admin", locale: "en", invited_by: null };
  const hashOf = (secret: string): Buffer => createHash("sha256").update(secret).digest();
  expect(await openInvitations("ada@example.org")).toEqual([{ ...stored, token_hash: hashOf(token) }]);

  const origins = {
    TESSERA_ORIGIN: "https://tickets.example.org",
    TESSERA_ADMIN_ORIGIN: "https://admin.tickets.example.org",
  };
  const second = await run(["create", "ada@example.org"], origins);
  const [elsewhere, newToken = ""] = linkIn(second).split("#");
  expect(elsewhere).toBe("https://admin.tickets.example.org/admin/link/invitation");
  expect(await openInvitations("ada@example.org")).toEqual([{ ...stored, locale: "fr", token_hash: hashOf(newToken) }]);
  const entries = await database.ownerDb.selectFrom("audit_entry").select(["action", "actor_id"]).execute();
  expect(entries.map(({ action }) => action).toSorted()).toEqual([
    "invitation.made",
    "invitation.made",
    "invitation.revoked",
  ]);
  expect(entries.every(({ actor_id: actor }) => actor === null)).toBe(true);
  expect(await database.ownerDb.selectFrom("mail").select("id").execute()).toEqual([]);
});

test("says what stands in the way of an address that is known", async () => {
  const row = { display_name: "Bea", locale: "fr", sealed_account_key: Buffer.alloc(0), created_at: new Date() };
  const known = (id: number, other: { email: string; role: string; disabled_at?: Date }) => ({
    ...row,
    id: `0198a3f0-0000-7000-8000-00000000000${id}`,
    ...other,
  });
  await database.ownerDb
    .insertInto("account")
    .values([
      known(1, { email: "visitor@example.org", role: "visitor" }),
      known(2, { email: "admin@example.org", role: "admin" }),
      known(3, { email: "shut@example.org", role: "staff", disabled_at: new Date() }),
    ])
    .execute();
  const [visitor, admin, shut] = await Promise.all(
    ["visitor", "admin", "shut"].map((name) => run(["create", `${name}@example.org`])),
  );
  expect(visitor).toMatchObject({ code: 0, out: expect.stringContaining("sign in to the dashboard") as string });
  expect(admin).toMatchObject({ code: 1, error: expect.stringContaining("is an administrator already") as string });
  expect(shut).toMatchObject({ code: 1, error: expect.stringContaining("is suspended") as string });
});

test("explains itself when it is called wrongly", async () => {
  const runs = await Promise.all([
    run([]),
    run(["create"]),
    run(["create", "nobody"]),
    run(["create", "ada@example.org", "--locale", "de"]),
    run(["create", "ada@example.org", "--password", "secret"]),
  ]);
  for (const { code, out, error } of runs) {
    expect(code).toBe(64);
    expect(out).toBe("");
    expect(error).toContain("Usage: pnpm admin create EMAIL");
  }
  expect(runs[2].error).toContain("nobody is not an e-mail address.");
  expect((await run(["--help"])).out).toContain("Usage: pnpm admin create EMAIL");
});
