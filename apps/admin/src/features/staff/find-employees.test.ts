import type { EmployeeView } from "@tessera/contracts";
import { expect, test } from "vitest";
import { findEmployees } from "./find-employees.ts";

const people = [
  ["Zoé Lefèvre", "zoe@example.org"],
  ["Sam Okoro", "sam.okoro@example.org"],
  ["Lou Petit", "lou@gates.example.org"],
].map(([displayName = "", email = ""]): EmployeeView => ({
  id: email,
  email,
  displayName,
  role: "staff",
  createdAt: "2026-11-22T12:00:00.000Z",
  lastUsedAt: null,
  disabledAt: null,
  enrolled: true,
  factorReset: null,
}));

test.each([
  ["nothing finds everybody", "", ["Zoé Lefèvre", "Sam Okoro", "Lou Petit"]],
  ["accents and capitals do not matter", "LEFEVRE", ["Zoé Lefèvre"]],
  ["each word stands somewhere, in the name or the address", "gates lou", ["Lou Petit"]],
  ["and all of them must", "sam petit", []],
] as const)("%s", (_, search, found) => {
  expect(findEmployees(people, search).map(({ displayName }) => displayName)).toEqual(found);
});
