import { randomBytes } from "node:crypto";
import { expect, it } from "vitest";
import { createKeyring, type KekKind, type KekSource } from "./keyring.ts";

const place = { table: "account", column: "sealed_account_key", rowId: "01", epoch: 0 };
const secret = Buffer.from("nothing but the owner's own");

/** Keys of every kind, made when they are first asked for; `activeId` is the one that seals. */
function source(activeId = 1): KekSource & { activeId: number } {
  const keys = new Map<string, Buffer>();
  const byId = (kind: KekKind, id: number): Buffer => {
    const name = `${kind}/${id}`;
    const key = keys.get(name) ?? randomBytes(32);
    keys.set(name, key);
    return key;
  };
  return {
    activeId,
    byId,
    active(kind) {
      return { id: this.activeId, key: byId(kind, this.activeId) };
    },
  };
}

it("opens what it sealed, and shows nothing of it", () => {
  const keyring = createKeyring(source());
  const sealed = keyring.seal("account", secret, place);
  expect(sealed.includes(secret)).toBe(false);
  expect(keyring.open("account", sealed, place)).toEqual(secret);
});

it.each([
  ["another row", { ...place, rowId: "02" }],
  ["another column", { ...place, column: "email" }],
  ["another table", { ...place, table: "totp_factor" }],
  ["another epoch", { ...place, epoch: 1 }],
])("does not open in %s", (_, elsewhere) => {
  const keyring = createKeyring(source());
  const sealed = keyring.seal("account", secret, place);
  expect(() => keyring.open("account", sealed, elsewhere)).toThrow("not_authentic");
});

it("does not open as another kind, not even under the same key", () => {
  const key = randomBytes(32);
  const keyring = createKeyring({ active: () => ({ id: 1, key }), byId: () => key });
  const sealed = keyring.seal("account", secret, place);
  expect(() => keyring.open("purchase", sealed, place)).toThrow("unknown_kek");
});

it("opens what an older KEK sealed, as long as that one is there", () => {
  const keks = source();
  const sealed = createKeyring(keks).seal("totp", secret, place);
  keks.activeId = 12;
  expect(createKeyring(keks).open("totp", sealed, place)).toEqual(secret);
  const forgotten: KekSource = { ...keks, byId: () => undefined };
  expect(() => createKeyring(forgotten).open("totp", sealed, place)).toThrow("unknown_kek");
});
