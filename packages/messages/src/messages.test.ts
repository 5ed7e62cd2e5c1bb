import { describe, expect, test } from "vitest";
import { en } from "./en.ts";
import { mail as englishMail } from "./en/mail.ts";
import { paper as englishPaper } from "./en/paper.ts";
import { fr } from "./fr.ts";
import { mail as frenchMail } from "./fr/mail.ts";
import { paper as frenchPaper } from "./fr/paper.ts";

type Tree = { readonly [key: string]: string | Tree };

/** Every sentence by its path, such as `common.actions.back`. */
function sentences(tree: Tree, prefix = ""): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    const path = prefix === "" ? key : `${prefix}.${key}`;
    if (typeof value === "string") found.set(path, value);
    else for (const [inner, sentence] of sentences(value, path)) found.set(inner, sentence);
  }
  return found;
}

/** The ICU arguments and rich-text tags of a sentence, each with its type: `count:plural`, `id`, `<b>`. */
function icuArguments(sentence: string): string[] {
  const names: string[] = [];
  let depth = 0;
  for (const [index, character] of sentence.split("").entries()) {
    // Braces alternate: an argument, in it the message of a choice, in that an argument again.
    if (character === "{" && depth++ % 2 === 0) {
      const [, name, type] = /^\{\s*(\w+)\s*(?:,\s*(\w+))?/.exec(sentence.slice(index)) ?? [];
      names.push(type === undefined ? String(name) : `${name}:${type}`);
    }
    if (character === "}") depth--;
  }
  const tags = [...sentence.matchAll(/<(\w+)>/g)].map(([, name]) => `<${name}>`);
  return [...new Set([...names, ...tags])].toSorted();
}

const french = sentences({ ...fr, mail: frenchMail, paper: frenchPaper });
const english = sentences({ ...en, mail: englishMail, paper: englishPaper });

describe("the two languages", () => {
  test("have the same keys", () => {
    expect([...english.keys()].toSorted()).toEqual([...french.keys()].toSorted());
  });

  test("take the same ICU arguments", () => {
    const differing = [...french].filter(
      ([path, sentence]) => icuArguments(sentence).join() !== icuArguments(english.get(path) ?? "").join(),
    );
    expect(differing).toEqual([]);
  });

  test("say something for every key", () => {
    const silent = [...french, ...english].filter(([, sentence]) => sentence.trim() === "");
    expect(silent).toEqual([]);
  });

  // ICU reads a straight apostrophe as an escape and swallows it.
  test("use only typographic apostrophes", () => {
    const straight = [...french, ...english].filter(([, sentence]) => sentence.includes("'"));
    expect(straight).toEqual([]);
  });

  test("keep a French sign with its word", () => {
    const loose = [...french].filter(([, sentence]) => / [;:!?»]|« /.test(sentence.replaceAll(/\{[^}]*\}/g, "")));
    expect(loose).toEqual([]);
  });
});

describe("the argument reader", () => {
  test("finds arguments, their types and tags", () => {
    expect(icuArguments("{id} <b>{count, plural, one {seat} other {# seats of {name}}}</b>")).toEqual([
      "<b>",
      "count:plural",
      "id",
      "name",
    ]);
  });
});
