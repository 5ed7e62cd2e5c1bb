import passwords from "@zxcvbn-ts/language-common/dist/passwords.json.mjs";
import { describe, expect, test } from "vitest";
import { passwordMinLength } from "./password-length.ts";
import { estimatePassword } from "./password-strength.ts";

const person = ["margaux.lefebvre@example.test", "Margaux Lefebvre"];
const estimate = (password: string) => estimatePassword(password, person);
const missed = (candidates: readonly string[]) =>
  candidates.filter((password) => password.length >= passwordMinLength && !estimate(password).guessable);

describe("what guessers try first is guessable", () => {
  test("every common password that is long enough", () => {
    const longEnough = passwords.filter((password) => password.length >= passwordMinLength);
    expect(longEnough.length).toBeGreaterThan(300);
    expect(missed(longEnough)).toEqual([]);
  });

  test.each([
    ["with a year behind them", (word: string) => `${word}2028`],
    ["with digits behind them", (word: string) => `${word}123456`],
    ["twice", (word: string) => `${word} ${word}`],
    ["dressed up", (word: string) => `${word.charAt(0).toUpperCase()}${word.slice(1)}!2028`],
  ])("the thousand most common %s", (_, longer) => {
    expect(missed(passwords.slice(0, 1000).map(longer))).toEqual([]);
  });
});

test.each([
  ["p4ssw0rd", "short"],
  ["123456789012", "common"],
  ["motdepasse2028", "common"],
  ["Lefebvre.Margaux.99", "personal"],
  ["margauxlefebvre1", "personal"],
  ["hijklmnopqrstu", "sequence"],
  ["soleil soleil soleil", "repeat"],
  ["azertyuiopqsdfghjklm", "keyboard"],
  ["24/07/1988 1988", "date"],
  ["une maison bleue", "add_words"],
  ["JeuxOlympiques!2028", "common"],
])("of %s the hint is %s", (password, hint) => {
  expect(estimate(password)).toMatchObject({ hint });
});

test.each([
  "le chat dort sur le toit",
  "trois girafes sous la pluie",
  "un été à la mer",
  "correct horse battery staple",
  "my dog ate the blue sofa",
  "Vq7!mZ2#pLw9",
  "#%&*+/<=>@^|~",
  "ночь улица фонарь аптека",
  "春眠不覚暁処処聞啼鳥夜来風雨声",
  "🔥🏃🥇🎫🗼🌊🌿🏺🎽🚴🤿🏹",
  // Names that every object has are words like any other.
  "constructor __proto__ toString",
])("%s is good", (password) => {
  const { score, guessable, hint } = estimate(password);
  expect({ guessable, hint }).toEqual({ guessable: false, hint: null });
  expect(score).toBeGreaterThanOrEqual(2);
});

test("a long password is as good as its better end", () => {
  expect(estimate(`${"a".repeat(200)} le chat dort sur le toit`).guessable).toBe(false);
  expect(estimate("a1".repeat(128)).guessable).toBe(true);
});

test("256 characters of the kind that takes longest keep nobody waiting", { timeout: 1000 }, () => {
  const slowest = Array.from({ length: 256 }, (_, index) => "4@3€1!0$57("[index % 11]).join("");
  expect(estimate(slowest).guessable).toBe(false);
});
