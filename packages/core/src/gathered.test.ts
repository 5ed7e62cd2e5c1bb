import { createDatabase } from "@tessera/db";
import { describe, expect, it } from "vitest";
import { gathered } from "./gathered.ts";

// Nothing connects before the first query, and none comes.
const nowhere = () => createDatabase("postgres://nobody@localhost/none", { max: 1, applicationName: "none" });

/** Answers even numbers with their half and other numbers with nothing; cannot bear a 3. */
function halves() {
  const batches: (readonly number[])[] = [];
  const half = gathered(async (_, numbers: readonly number[]) => {
    batches.push(numbers);
    if (numbers.includes(3)) throw new Error("three");
    return numbers.map((asked) => (asked % 2 === 0 ? asked / 2 : undefined));
  });
  return { half, batches };
}

describe("what is gathered", () => {
  it("is one question of all who ask in one moment, however many steps each has behind it", async () => {
    const { half, batches } = halves();
    const db = nowhere();
    const late = async () => {
      await Promise.resolve();
      await Promise.resolve();
      return half(db, 8);
    };
    expect(await Promise.all([half(db, 2), half(db, 5), late()])).toEqual([1, undefined, 4]);
    expect(await half(db, 6)).toBe(3);
    expect(batches).toEqual([[2, 5, 8], [6]]);
  });

  it("is never asked of another database or another transaction", async () => {
    const { half, batches } = halves();
    await Promise.all([half(nowhere(), 2), half(nowhere(), 4)]);
    expect(batches).toEqual([[2], [4]]);
  });

  it("is asked one by one where it fails, so that one cannot fail the others", async () => {
    const { half } = halves();
    const db = nowhere();
    const results = await Promise.allSettled([2, 3, 4].map((number) => half(db, number)));
    expect(results).toMatchObject([{ value: 1 }, { reason: new Error("three") }, { value: 2 }]);
  });
});
