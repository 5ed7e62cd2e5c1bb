import { getRequestListener } from "@hono/node-server";
import { type Audience, audienceHeader, audienceParameter, type Role } from "@tessera/contracts";
import { ensureOrganiserKeys, verifyTotp } from "@tessera/core";
import {
  authenticatorCode,
  gatesOf,
  openJournal,
  registerAccount,
  signInByPassword,
  stockProgramme,
  testContext,
  type TestContext,
  testRequester,
} from "@tessera/core/testing";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { testApp } from "../testing/test-app.ts";
import { listen, type Listening } from "./listen.ts";

let database: TestDatabase;
let test: TestContext;
let competitionSessionId: string;
let server: Listening;
const stopping = new AbortController();

beforeAll(async () => {
  database = await createTestDatabase();
  test = testContext({ db: database.db, now: new Date("2028-07-20T15:30:00Z") });
  await ensureOrganiserKeys(test.ctx);
  await stockProgramme(test.ctx, [{ code: "ATH01" }]);
  ({ competitionSessionId } = await gatesOf(test.ctx, "ATH01"));
  server = await serve(stopping.signal);
});
afterAll(async () => {
  stopping.abort();
  await server.close(0);
  await database.drop();
});

function serve(ending: AbortSignal): Promise<Listening> {
  const { app } = testApp(test.ctx, { stopping: ending });
  const answer = getRequestListener(app.fetch);
  return listen((incoming, outgoing) => void answer(incoming, outgoing), {
    host: "127.0.0.1",
    port: 0,
    tls: undefined,
  });
}

async function signInAs(role: Role, audience: Audience) {
  const account = await registerAccount(test.ctx, role);
  const { standing } = await signInByPassword(test.ctx, account, audience);
  // No code works twice.
  test.clock.advance(30_000);
  const code = await authenticatorCode(test.ctx.clock());
  const signedIn = await verifyTotp(test.ctx, standing, { code }, testRequester);
  return { cookie: `tessera_${audience}=${signedIn.authSession.token}`, standing };
}

type Event = { event: string; data: string };

/** Waits for events as a browser does: by a cookie, and with no header of ours. */
async function watch(cookie: string, { port, audience = "admin" }: { port: number; audience?: Audience }) {
  const leaving = new AbortController();
  const input = encodeURIComponent(JSON.stringify({ competitionSessionId }));
  const response = await fetch(
    `http://localhost:${port}/trpc/admin.gate.live?${audienceParameter}=${audience}&input=${input}`,
    { headers: { accept: "text/event-stream", cookie }, signal: leaving.signal },
  );
  const events: Event[] = [];
  const ended = (async () => {
    let rest = "";
    const decoder = new TextDecoder();
    const body: AsyncIterable<Uint8Array> | null = response.body;
    for await (const chunk of body ?? []) {
      rest += decoder.decode(chunk, { stream: true });
      const whole = rest.split("\n\n");
      rest = whole.pop() ?? "";
      for (const text of whole) events.push(readEvent(text));
    }
  })();
  ended.catch(() => undefined);
  return { response, events, ended, leave: () => leaving.abort() };
}

function readEvent(text: string): Event {
  const field = (name: string) => new RegExp(`^${name}: (.*)$`, "m").exec(text)?.[1];
  return { event: field("event") ?? "message", data: field("data") ?? "" };
}

const messages = (events: readonly Event[]) => events.filter(({ event }) => event === "message");
const arrived = (events: readonly Event[], count: number) =>
  vi.waitFor(() => expect(messages(events).length).toBeGreaterThanOrEqual(count), { timeout: 5_000, interval: 10 });
const entriesOf = (events: readonly Event[]): number[] =>
  messages(events).map(({ data }) => (JSON.parse(data) as { counts: { entries: number } }).counts.entries);

async function letIn() {
  const tablet = await openJournal(test.ctx);
  await tablet.upload(tablet.scanned("TSR1:NOTHING OF OURS"));
}

describe("live events", () => {
  it.each(["supervisor", "admin"] as const)("tell a %s at once, and within two seconds of a scan", async (role) => {
    const { cookie } = await signInAs(role, "admin");
    const { response, events, leave } = await watch(cookie, server);
    expect(response.headers.get("content-type")).toBe("text/event-stream");
    // No proxy may hold them back, and no cache keep them.
    expect(response.headers.get("x-accel-buffering")).toBe("no");
    expect(response.headers.get("cache-control")).toBe("no-cache, no-transform");
    expect(response.headers.getSetCookie()).toEqual([]);
    await arrived(events, 1);
    const before = entriesOf(events)[0] ?? Number.NaN;
    await letIn();
    const at = performance.now();
    await vi.waitFor(() => expect(entriesOf(events)).toContain(before + 1), { timeout: 5_000, interval: 10 });
    expect(performance.now() - at).toBeLessThan(2_000);
    leave();
  });

  it.each([
    ["staff", "scanner"],
    ["visitor", "shop"],
    ["supervisor", "scanner"],
  ] as const)("tell nothing to a %s in the %s app", async (role, audience) => {
    const { cookie } = await signInAs(role, audience);
    // By the app that they are signed in to, and by a name that they give themselves.
    for (const claimed of [audience, "admin"] as const) {
      const { events, ended } = await watch(cookie, { ...server, audience: claimed });
      await ended;
      expect(messages(events)).toEqual([]);
      const refused = events.find(({ event }) => event === "serialized-error")?.data;
      expect(refused).toContain(claimed === "admin" ? "not_signed_in" : "forbidden");
    }
  });

  it("are for the app in the address alone: other requests say it in their header", async () => {
    const { cookie } = await signInAs("admin", "admin");
    const url = `http://localhost:${server.port}/trpc/admin.staff.list?${audienceParameter}=admin`;
    expect((await fetch(url, { headers: { cookie } })).status).toBe(401);
    expect((await fetch(url, { headers: { cookie, [audienceHeader]: "admin" } })).status).toBe(200);
  });

  it("are no use of the auth session, which goes on only as long as somebody is there", async () => {
    const { cookie } = await signInAs("admin", "admin");
    test.clock.advance(40 * 60_000);
    const { response, events, leave } = await watch(cookie, server);
    await arrived(events, 1);
    expect(response.headers.getSetCookie()).toEqual([]);
    const used = await fetch(`http://localhost:${server.port}/trpc/auth.accounts.me`, {
      headers: { cookie, [audienceHeader]: "admin" },
    });
    expect(used.headers.getSetCookie()).toHaveLength(1);
    leave();
  });

  it("tell nothing more once their reader has signed out", async () => {
    const { cookie, standing: half } = await signInAs("admin", "admin");
    expect(half.state).toBe("verify");
    const { events, ended } = await watch(cookie, server);
    const witness = await watch((await signInAs("supervisor", "admin")).cookie, server);
    await Promise.all([arrived(events, 1), arrived(witness.events, 1)]);
    const known = messages(events).length;
    await signOutBy(cookie);
    await letIn();
    await ended;
    expect(messages(events)).toHaveLength(known);
    expect(events.at(-1)?.event).toBe("serialized-error");
    expect(events.at(-1)?.data).toContain("not_signed_in");
    witness.leave();
  });

  it("end when the server stops, without a word that they are over: browsers connect again", async () => {
    const stop = new AbortController();
    const own = await serve(stop.signal);
    const { cookie } = await signInAs("admin", "admin");
    const { events, ended } = await watch(cookie, own);
    await arrived(events, 1);
    stop.abort();
    await ended;
    expect(events.map(({ event }) => event)).not.toContain("return");
    await own.close(0);
  });
});

async function signOutBy(cookie: string): Promise<void> {
  const response = await fetch(`http://localhost:${server.port}/trpc/auth.accounts.signOut`, {
    method: "POST",
    headers: { "content-type": "application/json", [audienceHeader]: "admin", cookie },
  });
  expect(response.status).toBe(200);
}
