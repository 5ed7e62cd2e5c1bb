import { expect, test } from "vitest";
import { spacedReference } from "./spaced-reference.ts";

test("a reference is read in two halves that stay together", () => {
  expect(spacedReference("7K2MX9Q4TD")).toBe("7K2MX\u00a09Q4TD");
  expect(spacedReference("7K2MX")).toBe("7K2MX");
});
