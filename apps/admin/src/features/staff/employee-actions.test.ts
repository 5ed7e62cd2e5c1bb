import type { EmployeeView } from "@tessera/contracts";
import { expect, test } from "vitest";
import { actionsFor } from "./employee-actions.ts";

const [me, they, another] = ["me", "they", "another"];
const employee: EmployeeView = {
  id: they,
  email: "they@example.org",
  displayName: "They",
  role: "staff",
  createdAt: "2026-11-22T12:00:00.000Z",
  lastUsedAt: null,
  disabledAt: null,
  enrolled: true,
  factorReset: null,
};
const resetBy = (requestedById: string): EmployeeView => ({
  ...employee,
  factorReset: {
    id: "reset",
    requestedById,
    requestedBy: "Somebody",
    requestedAt: "2026-11-22T12:00:00.000Z",
    expiresAt: "2026-11-23T12:00:00.000Z",
  },
});

test.each([
  ["a colleague", employee, ["changeRole", "requestReset", "disable"]],
  ["oneself", { ...employee, id: me }, []],
  ["oneself, for whom another admin wants a reset", { ...resetBy(another), id: me }, []],
  ["who is disabled", { ...employee, disabledAt: "2026-11-22T12:00:00.000Z" }, ["enable"]],
  ["who has no second factor to lose", { ...employee, enrolled: false }, ["changeRole", "disable"]],
  ["for whom another admin wants a reset", resetBy(another), ["changeRole", "approveReset", "cancelReset", "disable"]],
  ["for whom one wants a reset oneself", resetBy(me), ["changeRole", "cancelReset", "disable"]],
] as const)("%s", (_, about, actions) => {
  expect(actionsFor(about, me)).toEqual(actions);
});
