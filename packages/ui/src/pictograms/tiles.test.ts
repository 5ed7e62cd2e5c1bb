import { describe, expect, test } from "vitest";
import { disciplineTiles } from "./disciplines.ts";
import { stateTiles } from "./states.ts";
import { pathOf } from "./tiles.ts";

const all = Object.entries({ ...disciplineTiles, ...stateTiles });

describe("every pictogram", () => {
  test.each(all)("%s is six rows of six known tiles", (_, tiles) => {
    expect(tiles).toMatch(/^[.#a-dA-D]{6}( [.#a-dA-D]{6}){5}$/);
  });

  test("is like no other", () => {
    expect(new Set(all.map(([, tiles]) => tiles)).size).toBe(all.length);
  });
});

test("squares of a row are one rectangle, the other tiles stand alone", () => {
  expect(pathOf("##a... ......")).toBe("M0 0h2v1h-2zM2 0h1l-1 1z");
});
