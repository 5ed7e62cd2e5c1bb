import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { verifySignature } from "@tessera/pass";
import { signMessage } from "@tessera/pass/issuer";
import { afterEach, beforeEach, expect, it } from "vitest";
import { testContext } from "../testing/index.ts";
import { ensureOrganiserKeys, loadOrganiserKeys } from "./organiser-keys.ts";

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.drop());

const storedKeys = () =>
  database.ownerDb
    .selectFrom("organiser_key")
    .select(["kind", "id", "public_key", "sealed_secret", "state"])
    .orderBy("kind")
    .execute();

it("makes one key of each kind when ten servers start at once, and keeps them at the next start", async () => {
  const { ctx } = testContext({ db: database.db });
  await Promise.all(Array.from({ length: 10 }, () => ensureOrganiserKeys(ctx)));
  const stored = await storedKeys();
  expect(stored.map(({ kind, id, state }) => [kind, id, state])).toEqual([
    ["issuer", 1, "active"],
    ["list", 1, "active"],
    ["token", 1, "active"],
  ]);
  await ensureOrganiserKeys(ctx);
  expect(await storedKeys()).toEqual(stored);
});

it("signs with the key whose public half it gives out, and stores no secret in the clear", async () => {
  const { ctx } = testContext({ db: database.db });
  await ensureOrganiserKeys(ctx);
  const keys = await loadOrganiserKeys(ctx);
  const message = Buffer.from("a pass");
  const [issuer] = keys.issuerPublicKeys(ctx.clock());
  expect(keys.issuer.id).toBe(1);
  expect(issuer?.id).toBe(1);
  expect(await verifySignature(issuer?.publicKey ?? message, message, signMessage(keys.issuer.key, message))).toBe(
    true,
  );
  expect(keys.token.key).toHaveLength(32);
  expect(keys.list.key.publicKey).not.toEqual(keys.issuer.key.publicKey);
  for (const { sealed_secret } of await storedKeys()) expect(sealed_secret.includes(keys.token.key)).toBe(false);
  expect(JSON.stringify(keys.issuer)).not.toContain('"d"');
});

it("does not remember a failure", async () => {
  const { ctx } = testContext({ db: database.db });
  await expect(loadOrganiserKeys(ctx)).rejects.toThrow("no active issuer key");
  await ensureOrganiserKeys(ctx);
  expect((await loadOrganiserKeys(ctx)).issuer.id).toBe(1);
});
