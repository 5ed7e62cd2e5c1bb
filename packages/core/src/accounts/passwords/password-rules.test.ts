import { expect, it } from "vitest";
import { refuseWeakPassword } from "./password-rules.ts";

const check = (password: string): Promise<void> =>
  refuseWeakPassword({ password, email: "margaux.lefebvre@example.test", displayName: "Margaux Lefebvre" });

it.each([
  "correct horse battery staple",
  "le chat dort sur le toit",
  "marble torch over the river",
  "Vq7!mZ2#pLw9",
  "#%&*+/<=>@^|~",
  "ночь улица фонарь аптека",
  "春眠不覚暁処処聞啼鳥夜来風雨声",
])("takes %s", async (password) => {
  await expect(check(password)).resolves.toBeUndefined();
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
])("refuses %s, which is guessed early", async (password) => {
  await expect(check(password)).rejects.toThrow(expect.objectContaining({ code: "password_too_common" }));
});

it("counts characters, not code units", async () => {
  await expect(check("🔥🏃🥇🎫🗼🌊")).rejects.toThrow(expect.objectContaining({ code: "password_too_short" }));
  await expect(check("🔥🏃🥇🎫🗼🌊🌿🏺🎽🚴🤿🏹")).resolves.toBeUndefined();
  await expect(check("a1".repeat(128) + "a")).rejects.toThrow(expect.objectContaining({ code: "password_too_long" }));
});

it("takes 256 characters, however many code units and code points they are typed with", async () => {
  const longest = Array.from({ length: 256 }, (_, index) => String.fromCodePoint(0x1f300 + ((index * index) % 509)));
  await expect(check(longest.join(""))).resolves.toBeUndefined();
  await expect(check("e\u0301tait-ce l'\u0065\u0301te\u0301 ?")).resolves.toBeUndefined();
});
