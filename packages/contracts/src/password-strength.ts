// Whoever imports this file needs the declarations too, and a module cannot declare another that has no types.
// oxlint-disable-next-line typescript/triple-slash-reference
/// <reference path="./zxcvbn-dictionaries.d.ts" />
import { ZxcvbnFactory, type ZxcvbnResult } from "@zxcvbn-ts/core";
import keyboards from "@zxcvbn-ts/language-common/dist/adjacencyGraphs.json.mjs";
import passwords from "@zxcvbn-ts/language-common/dist/passwords.json.mjs";
import englishWords from "@zxcvbn-ts/language-en/dist/commonWords.json.mjs";
import englishNames from "@zxcvbn-ts/language-en/dist/firstnames.json.mjs";
import frenchWords from "@zxcvbn-ts/language-fr/dist/commonWords.json.mjs";
import frenchNames from "@zxcvbn-ts/language-fr/dist/firstnames.json.mjs";
import { passwordLength, passwordMinLength } from "./password-length.ts";

/** What would help most, as a key to be put into words. */
export type PasswordHint =
  | "short"
  | "common"
  | "personal"
  | "sequence"
  | "repeat"
  | "keyboard"
  | "date"
  | "add_words"
  | null;

export type PasswordStrength = {
  /** 0 and 1 are refused as guessable, 2 is enough, 4 is as good as it needs to be. */
  score: 0 | 1 | 2 | 3 | 4;
  /** Whether a guesser would come to it early: refused, however long it is. */
  guessable: boolean;
  hint: PasswordHint;
};

/**
 * Powers of ten of the guesses that part one score from the next. A password is guessable below 10^9: online the limits
 * allow some thousand guesses a day, and somebody with the hashes makes about 10^4 a second with argon2id on a rack of
 * graphics cards, and so needs a day for each password. (zxcvbn itself asks for 10^8, but counts any three words as that.)
 */
const scoreSteps = [6, 9, 12, 15] as const;
const guessableBelow = scoreSteps[1];

/**
 * zxcvbn needs time with the square of the length. Of what is longer, both ends are looked at by themselves: the whole
 * is at least as hard to guess as its harder part.
 */
const longestPart = 40;

const mostInputs = 10;
const longestInput = 100;

/** Words that guessers try here, before those of any dictionary. */
const ourWords = `
  tessera ticket tickets billet billets olympic olympics olympique olympiques olympiade olympia jeux games jeuxolympiques
  olympicgames paralympic paralympics paralympiques paris losangeles los angeles athens athina london londres tokyo
  stade stadium medaille medal athlete champion bienvenue welcome motdepasse password 2024 2026 2028 2032 paris2024 la28
`
  .trim()
  .split(/\s+/);

/** Made at the first use: it takes a tenth of a second. */
let estimator: ZxcvbnFactory | undefined;

/**
 * How hard a password is to guess for somebody who knows what people choose, where this is, and whose account it is.
 * Nothing leaves the place where it runs. Loads 600 kB of dictionaries: import it only when somebody types a password.
 *
 * @param userInputs the address, the name, and whatever else is known of the person; their parts count as well
 */
export function estimatePassword(password: string, userInputs: readonly string[]): PasswordStrength {
  const known = partsOf(userInputs);
  const normal = password.normalize("NFC");
  // What stands between words costs a guesser nothing, and zxcvbn much: the easier reading counts.
  const together = normal.replace(/(?<=[\p{L}\p{N}]{3})[\s._,;:!?'’-]+/gu, "");
  const readings = together === normal ? [normal] : [normal, together];
  const worst = readings.map((reading) => hardestPart(reading, known)).reduce(pick((one, other) => one < other));
  const guessable = worst.guessesLog10 < guessableBelow;
  if (passwordLength(password) < passwordMinLength) return { score: 0, guessable, hint: "short" };
  const score = scoreSteps.filter((step) => worst.guessesLog10 >= step).length;
  return { score: isScore(score) ? score : 0, guessable, hint: guessable ? hintOf(worst) : null };
}

function hardestPart(reading: string, known: string[]): ZxcvbnResult {
  estimator ??= new ZxcvbnFactory({
    graphs: keyboards,
    dictionary: { ourWords, passwords, englishWords, englishNames, frenchWords, frenchNames },
    maxLength: 2 * longestPart,
    l33tMaxSubstitutions: 8,
  });
  const characters = Array.from(reading);
  const head = estimator.check(characters.slice(0, longestPart).join(""), known);
  if (characters.length <= longestPart) return head;
  const tail = estimator.check(characters.slice(-longestPart).join(""), known);
  return pick((one, other) => one > other)(head, tail);
}

const pick =
  (isBetter: (one: number, other: number) => boolean) =>
  (one: ZxcvbnResult, other: ZxcvbnResult): ZxcvbnResult =>
    isBetter(other.guessesLog10, one.guessesLog10) ? other : one;

const isScore = (score: number): score is PasswordStrength["score"] => score >= 0 && score <= 4;

/** Each input as it is, its words, and two of them together; with and without accents, as people type them. */
function partsOf(userInputs: readonly string[]): string[] {
  const parts = userInputs.slice(0, mostInputs).flatMap((input) => {
    const text = input.normalize("NFC").toLowerCase().slice(0, longestInput);
    const words = text.split(/[^\p{L}\p{N}]+/u).filter((word) => word.length > 2);
    const pairs = words.flatMap((one) => words.filter((other) => other !== one).map((other) => one + other));
    return [text, ...words, ...pairs];
  });
  return [...new Set(parts.flatMap((part) => [part, part.normalize("NFD").replace(/\p{M}/gu, "")]))];
}

const hints: Readonly<Record<string, PasswordHint>> = {
  sequence: "sequence",
  repeat: "repeat",
  spatial: "keyboard",
  date: "date",
  regex: "date",
  dictionary: "common",
};

/** What most of the password is made of; of several things, that there are too few of them. */
function hintOf({ sequence, password }: ZxcvbnResult): PasswordHint {
  if (sequence.some(({ dictionaryName }) => dictionaryName === "userInputs")) return "personal";
  const [longest] = sequence.toSorted((one, other) => other.token.length - one.token.length);
  if (longest === undefined || longest.token.length * 2 < password.length) return "add_words";
  return hints[longest.pattern] ?? "add_words";
}
