/** Whether something that was read is what it must be. Guards never throw. */
export type Guard<Value> = (value: unknown) => value is Value;

export const isText: Guard<string> = (value) => typeof value === "string";
export const isFlag: Guard<boolean> = (value) => typeof value === "boolean";

/** A whole number from 0 to `highest`. */
export const isWhole =
  (highest = Number.MAX_SAFE_INTEGER): Guard<number> =>
  (value): value is number =>
    typeof value === "number" && Number.isSafeInteger(value) && value >= 0 && value <= highest;

/** A text that fits the pattern. */
export const isTextLike =
  (pattern: RegExp): Guard<string> =>
  (value): value is string =>
    typeof value === "string" && pattern.test(value);

/** ISO 8601 in UTC, as `Date.toISOString` writes it. */
export const isMoment: Guard<string> = (value): value is string => {
  const at = typeof value === "string" ? new Date(value) : undefined;
  return at !== undefined && !Number.isNaN(at.getTime()) && at.toISOString() === value;
};

/** One of some words, each named once: a word that is added to the type is missed here by the compiler. */
export const isOneOf =
  <Word extends string>(words: Readonly<Record<Word, true>>): Guard<Word> =>
  (value): value is Word =>
    typeof value === "string" && Object.hasOwn(words, value);

export const isNullOr =
  <Value>(guard: Guard<Value>): Guard<Value | null> =>
  (value): value is Value | null =>
    value === null || guard(value);

export const isListOf =
  <Value>(guard: Guard<Value>): Guard<readonly Value[]> =>
  (value): value is readonly Value[] =>
    Array.isArray(value) && value.every((item: unknown) => guard(item));

/** An object with at least these members. More are let through: a later writer may say more than we know. */
export const isObjectOf =
  <Value extends object>(guards: { readonly [Name in keyof Value]: Guard<Value[Name]> }): Guard<Value> =>
  (value): value is Value =>
    typeof value === "object" &&
    value !== null &&
    Object.entries<Guard<unknown>>(guards).every(
      ([name, guard]) => Object.hasOwn(value, name) && guard(Reflect.get(value, name)),
    );
