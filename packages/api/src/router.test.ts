import {
  type Audience,
  audiences,
  type Permission,
  permissions,
  type ProcedurePath,
  type Role,
  roles,
  type ScannerState,
} from "@tessera/contracts";
import type { AuthStanding, CoreContext } from "@tessera/core";
import { authenticatorCode, registerAccount, testContext, testRequester } from "@tessera/core/testing";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { appRouter, createCaller } from "./router.ts";
import { openBrowser } from "./testing/browser.ts";
import { createCallerFactory, publicProcedure, router } from "./trpc.ts";

const procedures = Object.entries(appRouter._def.procedures);
const rows: Readonly<Record<string, Permission>> = permissions;

let database: TestDatabase;
let ctx: CoreContext;
beforeAll(async () => {
  database = await createTestDatabase();
  ({ ctx } = testContext({ db: database.db }));
});
afterAll(() => database.drop());

const memberOf = (value: unknown, name: string): unknown => Reflect.get(Object(value), name);

test.each(procedures)("%s declares its output", (_, procedure) => {
  expect(memberOf(memberOf(procedure, "_def"), "output")).toBeDefined();
});

test("the programme is empty, and no error, before the first import", async () => {
  const { api } = openBrowser(ctx, "shop");
  expect(await api.tickets.catalogue.programme()).toMatchObject({ gamesName: null, competitionSessions: [] });
});

/** The procedures that have no row, and the rows that have no procedure. */
function unmatched(paths: readonly string[]): { withoutRow: string[]; withoutProcedure: string[] } {
  return {
    withoutRow: paths.filter((path) => !(path in rows)),
    withoutProcedure: Object.keys(rows).filter((path) => !paths.includes(path)),
  };
}

describe("the permission table", () => {
  const paths = procedures.map(([path]) => path);

  test("has a row for each procedure, and a procedure for each row", () => {
    expect(unmatched(paths)).toEqual({ withoutRow: [], withoutProcedure: [] });
  });

  test("would be missed for a new procedure, and a procedure for a new row", () => {
    const [first = "", ...others] = paths;
    expect(unmatched([...paths, "auth.accounts.becomeAdmin"]).withoutRow).toEqual(["auth.accounts.becomeAdmin"]);
    expect(unmatched(others).withoutProcedure).toContain(first);
  });

  test("lets nobody into a procedure without a row", async () => {
    let ran = false;
    const forgotten = publicProcedure.query(() => (ran = true));
    const call = createCallerFactory(router({ auth: router({ forgotten }) }));
    const caller = call({ ...(await requestOf("admin", { state: "signed_out" })), core: ctx });
    await expect(caller.auth.forgotten()).rejects.toMatchObject({ code: "INTERNAL_SERVER_ERROR" });
    expect(ran).toBe(false);
  });

  // Said a second time on purpose: to open something for everybody, or for another app, takes two changes.
  const openToAnyone: readonly ProcedurePath[] = [
    "auth.accounts.me",
    "auth.accounts.signIn",
    "auth.accounts.signOut",
    "auth.registration.begin",
    "auth.registration.checkCode",
    "auth.registration.register",
    "auth.passwords.requestReset",
    "auth.passwords.reset",
    "auth.factors.beginPasskeySignIn",
    "auth.factors.signInWithPasskey",
    "auth.factors.cancelReset",
    "auth.factors.completeReset",
    "auth.email.confirmChange",
    "auth.invitations.read",
    "auth.invitations.accept",
    "tickets.catalogue.programme",
    "tickets.catalogue.competitionSession",
    "tickets.tickets.serverTime",
    "validation.scanners.claim",
  ];
  /** To whoever holds an enrolled tablet, signed in or not. */
  const openToTablets: readonly ProcedurePath[] = [
    "validation.scanners.checkIn",
    "validation.shifts.end",
    "validation.gate.listPart",
    "validation.gate.ask",
    "validation.gate.upload",
  ];
  /** Of the dashboard: what happens at the gates, and nothing of sales, staff or people. */
  const openToSupervisors: readonly ProcedurePath[] = [
    "admin.scanners.choices",
    "admin.scanners.list",
    "admin.scanners.invite",
    "admin.scanners.confirm",
    "admin.scanners.refuse",
    "admin.scanners.assign",
    "admin.scanners.revoke",
    "admin.gate.competitionSessions",
    "admin.gate.policy",
    "admin.gate.counts",
    "admin.gate.live",
    "admin.gate.incidents",
    "admin.gate.incident",
    "admin.gate.closeIncident",
  ];
  const pathsWhere = (is: (row: Permission) => boolean) =>
    Object.entries(rows).flatMap(([path, row]) => (is(row) ? path : []));

  test("opens to anyone, and to tablets, only what must be", () => {
    const open = pathsWhere(({ standing, scanner }) => standing === "anyone" && scanner === undefined);
    expect(open.toSorted()).toEqual(openToAnyone.toSorted());
    const toTablets = pathsWhere(({ standing, scanner }) => standing === "anyone" && scanner !== undefined);
    expect(toTablets.toSorted()).toEqual(openToTablets.toSorted());
    expect(pathsWhere(({ scanner }) => scanner === "known")).toEqual(["validation.scanners.checkIn"]);
  });

  test("opens of the dashboard to supervisors only what is about the gate", () => {
    const open = Object.keys(rows).filter(
      (path) => path.startsWith("admin.") && rows[path]?.roles.includes("supervisor"),
    );
    expect(open.toSorted()).toEqual(openToSupervisors.toSorted());
  });

  test.each(Object.entries(rows))("keeps %s to the people and the app that it is for", (path, row) => {
    if (path.startsWith("admin.")) {
      expect(row).toMatchObject({ standing: "signed_in", audiences: ["admin"] });
      for (const role of row.roles) expect(["supervisor", "admin"]).toContain(role);
    }
    if (path.startsWith("validation.")) {
      expect(row.audiences).toEqual(["scanner"]);
      if (row.standing !== "anyone") expect(row).toMatchObject({ standing: "signed_in", scanner: "enrolled" });
      if (row.standing !== "anyone") expect(row.roles).not.toContain("visitor");
    } else expect(row.scanner).toBeUndefined();
    if (path.startsWith("tickets.") && row.standing !== "anyone") {
      expect(row).toMatchObject({ standing: "signed_in", audiences: ["shop"] });
    }
  });
});

/** Somebody who asks, from one app: how far they are with signing in, and whether that was a short while ago. */
type Person = {
  who: string;
  audience: Audience;
  standing: "signed_out" | "enrol" | "verify" | "signed_in";
  role: Role;
  steppedUp: boolean;
  /** The state of the tablet that has signed the request, if one has. */
  tablet?: ScannerState;
};

const inEachApp = (person: Omit<Person, "audience">): Person[] =>
  audiences.map((audience) => ({ ...person, audience }));
const onTablets = ({ who, ...person }: Omit<Person, "audience" | "tablet">): Person[] =>
  (["claimed", "enrolled", "revoked"] as const).flatMap((tablet) =>
    inEachApp({ who: `${who} on a tablet that is ${tablet}`, ...person, tablet }),
  );
const nobody = { standing: "signed_out", role: "visitor", steppedUp: false } as const;

const people: readonly Person[] = [
  ...inEachApp({ who: "nobody", ...nobody }),
  ...inEachApp({ who: "somebody whose auth session was ended", ...nobody }),
  ...inEachApp({ who: "somebody whose auth session has expired", ...nobody }),
  ...inEachApp({ who: "an admin who was disabled", ...nobody }),
  // In an app that the role is not for: it was another one when that auth session began.
  ...roles.flatMap((role) => [
    ...inEachApp({ who: `${role} without a factor yet`, standing: "enrol", role, steppedUp: false }),
    ...inEachApp({ who: `${role} who owes the factor`, standing: "verify", role, steppedUp: false }),
    ...inEachApp({ who: role, standing: "signed_in", role, steppedUp: true }),
    ...inEachApp({ who: `${role} long after the factor`, standing: "signed_in", role, steppedUp: false }),
    ...onTablets({ who: `${role} long after the factor`, standing: "signed_in", role, steppedUp: false }),
  ]),
  ...onTablets({ who: "nobody", ...nobody }),
];

/** What the table says, read by itself: who may not is told why, and whoever is left is let in. */
function wanted(row: Permission, person: Person): string {
  const refusal = refusalOf(row, person);
  if (refusal !== undefined || row.scanner === undefined) return refusal ?? "let in";
  if (person.tablet === undefined) return "scanner_required";
  return row.scanner === "known" || person.tablet === "enrolled" ? "let in" : "scanner_not_enrolled";
}

function refusalOf(row: Permission, { audience, standing, role, steppedUp }: Person): string | undefined {
  const rightApp = row.audiences.includes(audience);
  if (row.standing === "anyone") return rightApp ? undefined : "forbidden";
  if (standing === "signed_out") return "not_signed_in";
  if (!rightApp) return "forbidden";
  const factorOwed = row.standing === "half_signed_in" || (row.standing === "enrolling" && standing === "enrol");
  if (!factorOwed && standing !== "signed_in") return "second_factor_required";
  if (!row.roles.includes(role)) return "forbidden";
  const mustBeFresh = row.stepUp || row.standing === "enrolling";
  return !factorOwed && mustBeFresh && !steppedUp ? "step_up_required" : undefined;
}

const refusals = [
  "not_signed_in",
  "forbidden",
  "second_factor_required",
  "step_up_required",
  "scanner_required",
  "scanner_not_enrolled",
];

describe("every procedure, asked by", () => {
  test.each(people)("$who from the $audience app, answers as the table says", async (person) => {
    const standing = await standingOf(person);
    expect(standing.state).toBe(person.standing);
    const api = createCaller(await requestOf(person.audience, standing, person.tablet));
    const outcomes = await Promise.all(procedures.map(async ([path]) => [path, await outcomeOf(api, path)] as const));
    const expected = procedures.map(([path]) => {
      const row = rows[path];
      return [path, row === undefined ? "no row" : wanted(row, person)] as const;
    });
    expect(Object.fromEntries(outcomes)).toEqual(Object.fromEntries(expected));
  });
});

/** A request of somebody; of the business there is only the clock, and whoever reaches for more has been let in. */
async function requestOf(audience: Audience, standing: AuthStanding, tablet?: ScannerState) {
  const core = new Proxy(ctx, {
    get(target, name) {
      if (name === "clock") return target.clock;
      throw new Error("let in");
    },
  });
  const setAuthSession = (): void => undefined;
  return {
    core,
    requestId: "test",
    requester: testRequester,
    audience,
    auth: async () => standing,
    authAgain: async () => standing,
    scanner: async () => (tablet === undefined ? null : { ...someTablet, state: tablet }),
    setAuthSession,
  };
}

const someTablet = {
  scannerId: "019a0000-0000-7000-8000-000000000000",
  name: "Porte A",
  publicKey: Buffer.alloc(32),
  gateId: "019a0000-0000-7000-8000-000000000001",
  competitionSessionIds: [],
};

/** How a procedure answers an input that none takes: with a refusal of the guard, or it was let in. */
async function outcomeOf(api: unknown, path: string): Promise<string> {
  let procedure: unknown = api;
  for (const name of path.split(".")) procedure = memberOf(procedure, name);
  if (typeof procedure !== "function") throw new TypeError(path);
  try {
    await Reflect.apply(procedure, undefined, ["no input of ours"]);
    return "let in";
  } catch (error) {
    const message = error instanceof Error ? error.message : "";
    return refusals.includes(message) ? message : "let in";
  }
}

/** The standing behind a real auth session, which the database then makes into the wanted one. */
async function standingOf({ who, audience, standing, role, steppedUp }: Person): Promise<AuthStanding> {
  const account = await registerAccount(ctx, "admin");
  const browser = openBrowser(ctx, audience);
  if (who.startsWith("nobody")) return browser.standing();
  await browser.api.auth.accounts.signIn({ email: account.email, password: account.password });
  const { ownerDb } = database;
  if (standing === "enrol") await ownerDb.deleteFrom("totp_factor").where("account_id", "=", account.id).execute();
  if (standing === "enrol" || standing === "verify") {
    await ownerDb.updateTable("account").set({ role }).where("id", "=", account.id).execute();
    return browser.standing();
  }

  await browser.api.auth.factors.verifyTotp({ code: await authenticatorCode(ctx.clock()) });
  const ofAccount = ownerDb.updateTable("auth_session").where("account_id", "=", account.id);
  if (who.endsWith("was ended"))
    await ownerDb.deleteFrom("auth_session").where("account_id", "=", account.id).execute();
  if (who.endsWith("has expired")) await ofAccount.set({ expires_at: ctx.clock() }).execute();
  const disabled_at = who.endsWith("was disabled") ? ctx.clock() : null;
  await ownerDb.updateTable("account").set({ role, disabled_at }).where("id", "=", account.id).execute();
  if (!steppedUp) await ofAccount.set({ second_factor_at: new Date(ctx.clock().getTime() - 3_600_000) }).execute();
  return browser.standing();
}
