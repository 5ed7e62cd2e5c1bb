import { expect, it } from "vitest";
import { refuseWeakPassword } from "./password-rules.ts";

const check = (password: string) => () =>
  refuseWeakPassword({ password, email: "margaux.lefebvre@example.test", displayName: "Margaux Lefebvre" });

it.each([
  "correct horse battery staple",
  "le chat dort sur le toit",
  "marble torch over the river",
  "Vq7!mZ2#pLw9",
  "#%&*+/<=>@^|~",
  "ночь улица фонарь аптека",
  "春眠不覚暁処処聞啼鳥夜来風雨声",
])("takes %s", (password) => {
  expect(check(password)).not.toThrow();
});

it.each([
  "password1234",
  "Passw0rd2028!",
  "P@ssw0rd P@ssw0rd",
  "motdepasse2024",
  "azertyuiop123",
  "qwertyuiop12345",
  "111111111111",
  "123456789012",
  "abcdefghijklm",
  "BienvenueParis2024",
  "tessera-tickets-2028",
  "margauxlefebvre1",
  "Tessera! Paris? 2024",
  "Lefebvre.Margaux.99",
  "iloveyou iloveyou",
])("refuses %s, which is guessed early", (password) => {
  expect(check(password)).toThrow(expect.objectContaining({ code: "password_too_common" }));
});

it("counts characters, not code units", () => {
  expect(check("🔥🏃🥇🎫🗼🌊")).toThrow(expect.objectContaining({ code: "password_too_short" }));
  expect(check("🔥🏃🥇🎫🗼🌊🌿🏺🎽🚴🤿🏹")).not.toThrow();
  expect(check("a1".repeat(129))).toThrow(expect.objectContaining({ code: "password_too_long" }));
});
