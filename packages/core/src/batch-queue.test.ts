import { describe, expect, test } from "vitest";
import { createBatchQueue } from "./batch-queue.ts";

/** A batch that ends when the test says so. */
function controlled() {
  const batches: { items: readonly number[]; finish: () => void }[] = [];
  const queue = createBatchQueue<number, string>({
    maxBatch: 3,
    maxInFlight: 2,
    run: (items) =>
      new Promise((resolve) => {
        batches.push({ items, finish: () => resolve(items.map((item) => `${item}!`)) });
      }),
  });
  return { queue, batches };
}

describe("the batch queue", () => {
  test("runs whoever comes alone at once, and gathers those of one moment and those who come meanwhile", async () => {
    const { queue, batches } = controlled();
    const begun = () => batches.map(({ items }) => items);
    const answers = [queue.submit(1)];
    await Promise.resolve();
    answers.push(queue.submit(2));
    await expect.poll(begun).toEqual([[1, 2]]);
    answers.push(queue.submit(3));
    await expect.poll(begun).toEqual([[1, 2], [3]]);
    answers.push(...[4, 5, 6, 7].map((item) => queue.submit(item)));
    batches[0]?.finish();
    expect(await answers[0]).toBe("1!");
    await expect.poll(begun).toEqual([[1, 2], [3], [4, 5, 6]]);
    batches[1]?.finish();
    await expect.poll(() => batches.length).toBe(4);
    for (const { finish } of batches) finish();
    expect(await Promise.all(answers)).toEqual(["1!", "2!", "3!", "4!", "5!", "6!", "7!"]);
  });

  test("tries each item by itself when a batch fails, so that one cannot fail the others", async () => {
    const sizes: number[] = [];
    const queue = createBatchQueue<number, number>({
      maxInFlight: 1,
      async run(items) {
        sizes.push(items.length);
        await Promise.resolve();
        if (items.includes(3)) throw new Error("three");
        return items;
      },
    });
    const answers = await Promise.allSettled([1, 2, 3, 4].map((item) => queue.submit(item)));
    expect(answers.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected", "fulfilled"]);
    expect(sizes).toEqual([4, 1, 1, 1, 1]);
  });

  test("tries nobody alone when the failure is everybody's, nor anybody more once it has become so", async () => {
    const sizes: number[] = [];
    const isOut = new Error("out");
    let left = 2;
    const queue = createBatchQueue<number, number>({
      maxInFlight: 1,
      failsAll: (error) => error === isOut,
      async run(items) {
        sizes.push(items.length);
        await Promise.resolve();
        left -= 1;
        if (left < 0) throw isOut;
        if (items.includes(3)) throw new Error("three");
        return items;
      },
    });
    const answers = await Promise.allSettled([1, 2, 3, 4, 5].map((item) => queue.submit(item)));
    expect(answers.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "rejected", "rejected", "rejected"]);
    expect(answers.slice(1)).toEqual(Array.from({ length: 4 }, () => ({ status: "rejected", reason: isOut })));
    // All together, then two alone until it was everybody's.
    expect(sizes).toEqual([5, 1, 1]);
  });

  test("says how many wait", async () => {
    const { queue, batches } = controlled();
    const answers = [1, 2, 3, 4, 5, 6, 7].map((item) => queue.submit(item));
    await expect.poll(() => queue.waiting()).toBe(1);
    for (const { finish } of batches) finish();
    await expect.poll(() => queue.waiting()).toBe(0);
    for (const { finish } of batches) finish();
    await Promise.all(answers);
  });
});
