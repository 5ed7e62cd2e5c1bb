import { expect, test } from "vitest";
import { stepsOf } from "./history.ts";

const [early, late] = ["2028-07-01T10:00:00.000Z", "2028-07-01T10:00:01.000Z"];

test("what happens to several tickets in one moment is one line; another moment, thing or state is another", () => {
  const change = (of: "order" | "ticket", id: string, state: string, at: string) => ({ of, id, state, at }) as const;
  const steps = stepsOf([
    change("order", "o", "paid", early),
    change("ticket", "a", "issued", early),
    change("ticket", "b", "issued", early),
    change("ticket", "b", "activated", early),
    change("ticket", "a", "activated", late),
  ]);
  expect(steps).toEqual([
    { of: "order", state: "paid", at: early, ids: ["o"] },
    { of: "ticket", state: "issued", at: early, ids: ["a", "b"] },
    { of: "ticket", state: "activated", at: early, ids: ["b"] },
    { of: "ticket", state: "activated", at: late, ids: ["a"] },
  ]);
  expect(stepsOf([])).toEqual([]);
});
