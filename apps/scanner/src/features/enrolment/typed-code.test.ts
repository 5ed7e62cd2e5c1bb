import { expect, test } from "vitest";
import { codeOfHash, inTwo, wholeCode } from "./typed-code.ts";

test.each(["7Q2MD0XV4K", "7q2md 0xv4k", " 7Q2M-DOXV-4K ", "7q2mdoxv4k"])("%j is 7Q2MD0XV4K", (typed) => {
  expect(wholeCode(typed)).toBe("7Q2MD0XV4K");
});

test("I and L are 1", () => expect(wholeCode("il7Q2MD0XV")).toBe("117Q2MD0XV"));

test.each(["", "7Q2MD0XV4", "7Q2MD0XV4KK", "7Q2MD0XV4U", "7Q2MD0XV4?"])("%j is not whole", (typed) => {
  expect(wholeCode(typed)).toBeNull();
});

test("two groups are read more easily than one", () => {
  expect(inTwo("7Q2MD0XV")).toBe("7Q2M D0XV");
  expect(inTwo("7Q2MD0XV4K")).toBe("7Q2MD 0XV4K");
});

test("a link brings a code, or nothing", () => {
  expect(codeOfHash("#7Q2MD%200XV4K")).toBe("7Q2MD 0XV4K");
  expect(codeOfHash("")).toBe("");
  expect(codeOfHash("#%E0%A4%A")).toBe("");
});
