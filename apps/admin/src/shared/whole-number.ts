import { z } from "zod";

/**
 * Reads a whole number as people type it: digits, which a space (also one that does not break) may group by three. Null
 * for anything else: a comma or a point groups in one language and begins the decimals in the other, so that `1.000` is
 * not guessed at.
 */
export function parseWholeNumber(text: string): number | null {
  const digits = text.trim();
  const grouped = /^\d{1,3}(?:[ \u00a0\u202f]\d{3}){1,2}$/.test(digits);
  return grouped || /^\d{1,9}$/.test(digits) ? Number(digits.replaceAll(/\s/g, "")) : null;
}

/** A field for a whole number, which holds it as text; `number` is what the API takes. */
export function wholeNumber<Schema extends z.ZodType<number, number>>(number: Schema) {
  return z
    .string()
    .transform((text, context) => {
      const read = parseWholeNumber(text);
      if (read !== null) return read;
      context.addIssue({ code: "invalid_type", expected: "int", input: text });
      return z.NEVER;
    })
    .pipe(number);
}
