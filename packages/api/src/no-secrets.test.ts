import { randomBytes } from "node:crypto";
import { ensureOrganiserKeys } from "@tessera/core";
import { stockProgramme, testContext, withoutLimits } from "@tessera/core/testing";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { appRouter } from "./router.ts";
import { type Answer, leaksIn, recordAnswers, recordSecrets, type Secret } from "./testing/recording.ts";
import { liveAsStaff } from "./testing/staff-story.ts";
import { liveAsVisitor } from "./testing/visitor-story.ts";

const procedures = Object.entries(appRouter._def.procedures);

describe("what the outputs are called", () => {
  const suspicious = /hash|digest|secret|token|sealed|private|password|passphrase|recoverycode|seed|salt|keys?$/i;
  /** Public, or shown to its owner once; everything else of such a name is a mistake. */
  const allowed = [
    // The one answer that shows a TOTP secret, and those that show recovery codes.
    "auth.factors.beginTotpEnrolment secret",
    "auth.factors.confirmTotpEnrolment recoveryCodes",
    "auth.factors.confirmPasskeyEnrolment recoveryCodes",
    "auth.factors.replaceRecoveryCodes recoveryCodes",
    // Of each its name and its dates.
    "auth.factors.list passkeys",
    // Public halves.
    "tickets.tickets.mine devicePublicKey",
    "validation.scanners.claim issuerKeys",
    "validation.scanners.claim listKeys",
    "validation.scanners.claim publicKey",
  ];
  /** Documents whose names are not ours to know here: WebAuthn's, the owner's own data, what an act was about, why not. */
  const open = [
    "admin.audit.entries entries details",
    "auth.factors.beginPasskeyEnrolment",
    "auth.factors.beginPasskeySignIn",
    "auth.factors.beginPasskeyVerification",
    "auth.personalData.download",
    // The details of a refusal, as of every error.
    "tickets.sales.reserve lines refusal details",
  ];

  test("says nothing of a hash, a key, a secret or a token", () => {
    const found = procedures.flatMap(([path, procedure]) =>
      propertiesOf(outputOf(procedure))
        .filter(({ name, schema }) => suspicious.test(name) && holdsText(schema))
        .map(({ name }) => `${path} ${name}`),
    );
    expect(found.filter((name) => !allowed.includes(name))).toEqual([]);
    // What is allowed and not there any more shall not be allowed for something new.
    expect(allowed.filter((name) => !found.includes(name))).toEqual([]);
  });

  test("is known, but for a few documents", () => {
    const found = procedures.flatMap(([path, procedure]) =>
      openIn(outputOf(procedure), []).map((names) => [path, ...names].join(" ")),
    );
    expect([...new Set(found)].toSorted()).toEqual(open);
  });

  test("would be found", () => {
    const bad = z.object({ list: z.array(z.object({ tokenHash: z.string().nullable(), hasPassword: z.boolean() })) });
    const names = propertiesOf(z.toJSONSchema(bad)).filter(({ name }) => suspicious.test(name));
    expect(names.filter(({ schema }) => holdsText(schema)).map(({ name }) => name)).toEqual(["tokenHash"]);
    expect(openIn(z.toJSONSchema(z.object({ any: z.looseObject({}) })), [])).toEqual([["any"]]);
  });
});

type Schema = Readonly<Record<string, unknown>>;

function outputOf(procedure: unknown): Schema {
  const output: unknown = Reflect.get(Object(Reflect.get(Object(procedure), "_def")), "output");
  if (!(output instanceof z.ZodType)) throw new TypeError("no output");
  return z.toJSONSchema(output, { unrepresentable: "any", io: "output" });
}

const isSchema = (value: unknown): value is Schema => typeof value === "object" && value !== null;

/** Every named property at any depth, with its own schema. */
function propertiesOf(schema: unknown): { name: string; schema: Schema }[] {
  if (!isSchema(schema)) return [];
  const { properties } = schema;
  const own = isSchema(properties)
    ? Object.entries(properties).flatMap(([name, value]) => (isSchema(value) ? [{ name, schema: value }] : []))
    : [];
  return [...own, ...Object.values(schema).flatMap(propertiesOf)];
}

/** Whether a value could be text, or hold some: flags and numbers betray nothing. */
function holdsText(schema: Schema): boolean {
  const { type, anyOf } = schema;
  if (Array.isArray(anyOf)) return anyOf.some((one) => isSchema(one) && holdsText(one));
  return type !== "boolean" && type !== "integer" && type !== "number" && type !== "null";
}

/** Where an object may hold more than its schema names, by the names that lead there. */
function openIn(schema: unknown, names: readonly string[]): (readonly string[])[] {
  if (!isSchema(schema)) return [];
  const { properties, additionalProperties } = schema;
  const here = schema["type"] === "object" && additionalProperties !== false ? [names] : [];
  const below = isSchema(properties)
    ? Object.entries(properties).flatMap(([name, value]) => openIn(value, [...names, name]))
    : [];
  const beside = ["items", "anyOf", "oneOf", "allOf"].flatMap((word) => [schema[word]].flat());
  return [...here, ...below, ...beside.flatMap((one) => openIn(one, names))];
}

type TableName = Parameters<TestDatabase["ownerDb"]["dynamic"]["table"]>[0];

/** The types are made of this schema's tables. */
function isOurs<Table extends { schema?: string; name: string }>(table: Table): table is Table & { name: TableName } {
  return table.schema === "public";
}

describe("what is answered", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  test("holds no secret, in the whole life of a visitor, of staff and of admins", async () => {
    // As in the demo: tickets still change hands, and the gates are open.
    const world = testContext({
      db: database.db,
      now: new Date("2028-07-20T09:30:00Z"),
      policy: { gatesAlwaysOpen: true },
    });
    const { ctx, secrets } = recordSecrets(withoutLimits(world.ctx));
    const stored = new Map<string, Secret>();
    const columns = await secretColumns();
    const { open, answers, tokens } = recordAnswers(ctx, async () => {
      const found = await Promise.all(columns.map(storedIn));
      for (const secret of found.flat()) stored.set(secret.bytes.toString("hex"), secret);
    });
    await ensureOrganiserKeys(ctx);
    await stockProgramme(ctx, [{ code: "ATH01" }]);
    const story = { ctx, clock: world.clock, open };
    const { ticketCode, end } = await liveAsVisitor(story);
    await liveAsStaff(story, ticketCode);
    await end();

    const cookies = [...tokens].map((token) => secretOf("the token of a cookie", Buffer.from(token, "base64url")));
    const all = [...secrets, ...stored.values(), ...cookies];
    const kinds = new Set(all.map(({ what }) => what));
    // That each kind is among them is half of the test.
    for (const kind of ["account", "purchase", "totp", "issuer", "list", "token"]) {
      expect(kinds).toContain(`a secret of the kind ${kind}`);
    }
    expect([...kinds]).toEqual(expect.arrayContaining(["the token of a mailed link", "the token of a cookie"]));
    expect(leaksIn(answers, all)).toEqual([]);
    expect(shownMoreThanOnce(answers)).toEqual([]);

    const called = new Set(answers.map(({ path }) => path));
    expect(procedures.map(([path]) => path).filter((path) => !called.has(path))).toEqual([]);
  });

  test("would show a secret that slipped in, in any form", () => {
    const bytes = randomBytes(32);
    const secret = { what: "it", bytes, shownBy: ["shown"] };
    const forms = [bytes.toString("hex"), bytes.toString("base64"), bytes.toString("base64url"), bytes];
    for (const form of forms) {
      const text = JSON.stringify({ deep: [{ form }] });
      expect(leaksIn([{ path: "x", text }], [secret])).toEqual([{ path: "x", what: "it" }]);
      expect(leaksIn([{ path: "shown", text }], [secret])).toEqual([]);
    }
    const said = { what: "said", bytes: Buffer.from('marble torch "over" the river'), shownBy: [] };
    const text = JSON.stringify({ said: said.bytes.toString() });
    expect(leaksIn([{ path: "x", text }], [said])).toEqual([{ path: "x", what: "said" }]);
  });

  const secretOf = (what: string, bytes: Buffer): Secret => ({ what, bytes, shownBy: [] });

  /** Public by what they are, or what an answer is there to show. Every other column of bytes is a secret. */
  const publicColumns = [
    "activation_challenge.challenge",
    "organiser_key.public_key",
    "passkey.credential_id",
    "passkey.public_key",
    "scanner.public_key",
    "ticket_epoch.device_public_key",
    "webauthn_challenge.challenge",
  ];

  type Column = { table: TableName; column: string };

  async function secretColumns(): Promise<Column[]> {
    const tables = await database.ownerDb.introspection.getTables();
    const columns = tables
      .filter(isOurs)
      .flatMap(({ name: table, columns: all }) =>
        all.filter(({ dataType }) => dataType === "bytea").map(({ name: column }) => ({ table, column })),
      );
    expect(columns.map(({ table, column }) => `${table}.${column}`)).toEqual(expect.arrayContaining(publicColumns));
    const secret = columns.filter(({ table, column }) => !publicColumns.includes(`${table}.${column}`));
    return [...secret, { table: "account", column: "password_hash" }];
  }

  /** What the database holds at one moment: a token that is used, or a session that ends, is gone at the next. */
  async function storedIn({ table, column }: Column): Promise<Secret[]> {
    const { ownerDb } = database;
    const source = ownerDb.dynamic.table(table).as("any_table");
    const rows = await ownerDb
      .selectFrom(source)
      .select(ownerDb.dynamic.ref(`any_table.${column}`))
      .execute();
    return rows.flatMap((row) => {
      const value: unknown = Reflect.get(row, column);
      if (typeof value !== "string" && !Buffer.isBuffer(value)) return [];
      return [secretOf(`${table}.${column}`, Buffer.from(value))];
    });
  }

  const withCodes = z.object({ recoveryCodes: z.array(z.string()) });
  const invitation = z.object({ scannerId: z.string(), code: z.string() });

  function shownMoreThanOnce(answers: readonly Answer[]): string[] {
    const codes = answers.flatMap(({ text }) => withCodes.safeParse(JSON.parse(text)).data?.recoveryCodes ?? []);
    expect(codes.length).toBeGreaterThanOrEqual(30);
    const invited = answers.flatMap(({ text }) => invitation.safeParse(JSON.parse(text)).data?.code ?? []);
    expect(invited).toHaveLength(2);
    return [...codes, ...invited].filter((code) => answers.filter(({ text }) => text.includes(code)).length > 1);
  }
});
