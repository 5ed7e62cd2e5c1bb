import { passwordMaxLength, passwordMinLength } from "@tessera/contracts";
import { CodedError } from "../../errors.ts";

/**
 * What guessers try first: the words that common passwords of 12 characters and more are built of, in both languages of
 * the interface, and the name of this service (NIST SP 800-63B-4 section 3.1.1.2). Without accents and in small letters.
 */
const guessedWords = `
  administrateur administrator anniversaire athens azertyuiop baseball basketball bienvenue bonjour bonsoir changeme
  cheval chocolat chocolate chouchou computer coucou doudou dragon facebook fleurs football forever france friends
  google iloveyou internet jetaime jeuxolympiques juillet letmein liverpool london losangeles loulou maison marseille
  master michael monkey motdepasse olympic olympics olympiques paris passe password passwort princess princesse samsung
  secret shadow soleil starwars sunshine superman tessera test ticket tickets trustno vacances welcome whatever
  abcdefghijklmnopqrstuvwxyz asdfghjkl azerty qsdfghjklm qwerty qwertyuiop qwertz wxcvbn zxcvbnm
`
  .trim()
  .split(/\s+/)
  // The longest first, or "olympic" would leave the end of "olympics".
  .toSorted((a, b) => b.length - a.length);

const leetspeak: Record<string, string> = { "@": "a", 4: "a", 3: "e", 1: "i", "!": "i", 0: "o", $: "s", 5: "s" };

/** Different characters that must be left when everything that is guessed first is taken away. */
const minSurprise = 5;

/**
 * Refuses a password that is too short or too long (in characters, not bytes) or that a guesser tries early: made of
 * common words, one's own name or address, years, runs and repetitions. Throws `password_too_short`,
 * `password_too_long` or `password_too_common`.
 */
export function refuseWeakPassword(input: { password: string; email: string; displayName: string }): void {
  const length = Array.from(input.password.normalize("NFC")).length;
  if (length < passwordMinLength) throw new CodedError("password_too_short");
  if (length > passwordMaxLength) throw new CodedError("password_too_long");
  const personal = `${input.email} ${input.displayName}`.split(/[^\p{L}\p{N}]+/u).map(simplify);
  if (surpriseOf(input.password, personal) < minSurprise) throw new CodedError("password_too_common");
}

function surpriseOf(password: string, personal: readonly string[]): number {
  const words = [...personal.filter((word) => word.length >= 3), ...guessedWords];
  // As it is typed and with leetspeak undone: "p4ssw0rd" is a word, and "2028" is a number.
  const readings = [simplify(password), simplify(password.replace(/[@4310!$5]/g, (char) => leetspeak[char] ?? char))];
  return Math.min(
    ...readings.map((reading) => {
      const left = words.reduce((text, word) => text.replaceAll(word, ""), reading);
      return new Set(withoutRuns(left)).size;
    }),
  );
}

/** Small letters without accents or what people put between words; other signs count as much as letters. */
const simplify = (text: string): string =>
  text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[\p{M}\s._,!?-]/gu, "");

/** Characters that continue no run such as 1234, 9876, abcd or aaaa: what is left of "123456789abc" is "1a". */
function withoutRuns(text: string): string[] {
  const characters = Array.from(text);
  return characters.filter((character, index) => {
    const before = characters[index - 1];
    if (before === undefined) return true;
    return Math.abs((character.codePointAt(0) ?? 0) - (before.codePointAt(0) ?? 0)) > 1;
  });
}
