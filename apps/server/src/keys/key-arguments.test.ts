import { kekKinds } from "@tessera/core";
import { expect, test } from "vitest";
import { keptUntil, readKeyArguments } from "./key-arguments.ts";

const read = (line: string) => readKeyArguments(line.split(" ").filter(Boolean));

test.each([
  ["list", { do: "list" }],
  ["create issuer", { do: "create", kind: "issuer" }],
  ["rotate issuer --keep-old 30d --now", { do: "rotate", kind: "issuer", keepOld: "30d", now: true }],
  ["rotate token", { do: "rotate", kind: "token", keepOld: undefined, now: false }],
  ["compromise issuer 3", { do: "compromise", kind: "issuer", id: 3 }],
  ["create kek totp --print", { do: "create kek", kind: "totp", print: true }],
  ["rotate kek mail", { do: "rotate kek", kind: "mail", id: undefined, force: false }],
  ["rotate kek mail 2 --force", { do: "rotate kek", kind: "mail", id: 2, force: true }],
  ["reseal", { do: "reseal", kinds: kekKinds }],
  ["reseal purchase", { do: "reseal", kinds: ["purchase"] }],
  ["retire kek issuer 1", { do: "retire kek", kind: "issuer", id: 1 }],
])("%s", (line, command) => {
  expect(read(line)).toEqual(command);
});

test.each([
  "",
  "list all",
  "list --force",
  "create",
  "create kek",
  "create kek everything",
  "create account",
  "rotate token --keep-old 30d",
  "rotate issuer --force",
  "compromise issuer",
  "compromise issuer 0",
  "compromise kek totp",
  "retire kek totp",
  "retire issuer 1",
  "reseal token list",
  "list --unknown",
])("is refused with the usage: %s", (line) => {
  expect(() => read(line)).toThrow("Usage: pnpm keys COMMAND");
});

const now = new Date("2028-07-20T12:00:00Z");

test.each([
  [undefined, null],
  ["30d", new Date("2028-08-19T12:00:00Z")],
  ["2028-08-31", new Date("2028-09-01T00:00:00Z")],
  ["2028-07-20", new Date("2028-07-21T00:00:00Z")],
])("the old key is kept: %s", (text, until) => {
  expect(keptUntil(text, now)).toEqual(until);
});

test.each(["0d", "30", "2028-02-30", "tomorrow", "2028-07-19", "-1d"])("is no time to keep a key: %s", (text) => {
  expect(() => keptUntil(text, now)).toThrow(/--keep-old .* (is over|is neither)/);
});
