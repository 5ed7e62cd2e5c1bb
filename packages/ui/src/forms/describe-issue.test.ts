import { displayName } from "@tessera/contracts";
import { loadMessages } from "@tessera/messages";
import { createTranslator } from "use-intl/core";
import { expect, test } from "vitest";
import { z } from "zod";
import { describeIssue } from "./describe-issue.ts";

const t = createTranslator({ locale: "en", messages: await loadMessages("en"), namespace: "common.fields" });

/** What the form says of one answer. */
function said(schema: z.ZodType, answer: unknown): string | undefined {
  const [issue] = schema.safeParse(answer).error?.issues ?? [];
  return issue === undefined ? undefined : describeIssue(issue, answer, t);
}

test.each([
  ["an empty answer is missing, whatever is wrong with it", z.email(), "", "This answer is needed."],
  ["so is none", z.string(), undefined, "This answer is needed."],
  ["a text of spaces is missing", z.string().trim().min(1), "  ", "This answer is needed."],
  ["too short", z.string().min(12), "short", "At least 12 characters."],
  ["too long", z.string().max(3), "long", "At most 3 characters."],
  ["not an address", z.email(), "marie@", "Write a full address, such as marie@example.com."],
  ["an accent in it", z.email(), "élodie@example.com", "The part before the @ must be without accents."],
  ["not a moment", z.iso.datetime(), "tomorrow", "Write a valid date."],
  ["not a number", z.number(), "three", "Write a whole number in digits, without comma or point."],
  ["half a number", z.int(), 1.5, "Write a whole number in digits, without comma or point."],
  ["too small", z.number().min(2), 1, "At least 2."],
  ["too big", z.number().max(1000), 1001, "At most 1,000."],
  ["too few", z.array(z.string()).min(2), ["one"], "Choose at least 2."],
  ["too many", z.array(z.string()).max(1), ["one", "two"], "Choose at most 1."],
  [
    "not to be shown",
    displayName,
    "Léa\u202e",
    "There are characters in it that cannot be shown. Please type it again.",
  ],
  ["anything else", z.enum(["a", "b"]), "c", "Please check this answer."],
])("%s", (_, schema, answer, sentence) => {
  expect(said(schema, answer)).toBe(sentence);
});
