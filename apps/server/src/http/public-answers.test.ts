import { stockProgramme, testContext } from "@tessera/core/testing";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { testApp } from "../testing/test-app.ts";
import { PublicAnswers, publicQuestion } from "./public-answers.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const programme = "/trpc/tickets.catalogue.programme";

it("sends the programme once to who keeps its ETag, and never keeps what is private", async () => {
  const { ctx } = testContext({ db: database.db });
  await stockProgramme(ctx, [{}]);
  const { app } = testApp(ctx);
  const first = await app.request(programme);
  expect(await first.json()).toMatchObject({ result: { data: { competitionSessions: [{ code: "ATH01" }] } } });
  expect(first.headers.get("cache-control")).toBe("no-cache");
  expect(first.headers.has("set-cookie")).toBe(false);

  const etag = first.headers.get("etag") ?? "";
  const again = await app.request(programme, { headers: { "if-none-match": etag } });
  expect(again.status).toBe(304);
  expect(await again.text()).toBe("");

  const mixed = await app.request(`${programme},auth.accounts.me?batch=1&input=%7B%7D`);
  expect(mixed.status).toBe(200);
  expect(mixed.headers.get("cache-control")).toBe("no-store");
  expect(mixed.headers.has("etag")).toBe(false);
});

it("asks once for many who want the same at the same time", async () => {
  const answers = new PublicAnswers();
  const make = vi.fn<() => Promise<Response>>(async () => Response.json({ hello: "world" }));
  const request = new Request(`http://localhost${programme}`);
  const responses = await Promise.all(Array.from({ length: 50 }, () => answers.answer(request, "programme", make)));
  expect(make).toHaveBeenCalledTimes(1);
  expect(await Promise.all(responses.map((response) => response.json()))).toEqual(
    Array.from({ length: 50 }, () => ({ hello: "world" })),
  );
});

it("shares no refusal", async () => {
  const answers = new PublicAnswers();
  let asked = 0;
  const make = async (): Promise<Response> => Response.json({ requestId: (asked += 1) }, { status: 404 });
  const request = new Request(`http://localhost${programme}`);
  const [one, other] = [
    await answers.answer(request, "programme", make),
    await answers.answer(request, "programme", make),
  ];
  expect(await one.json()).not.toEqual(await other.json());
});

it("keeps no more bytes than it may, and forgets the oldest first", async () => {
  const answers = new PublicAnswers(10_000);
  const made: string[] = [];
  const ask = async (question: string): Promise<Response> =>
    answers.answer(new Request(`http://localhost${programme}`), question, async () => {
      made.push(question);
      return Response.json("x".repeat(3_000));
    });
  for (const question of ["a", "b", "c"]) await ask(question);
  await ask("c");
  await ask("a");
  expect(made).toEqual(["a", "b", "c", "a"]);
});

const competitionSession = "/trpc/tickets.catalogue.competitionSession";
const input = (value: unknown): string => `input=${encodeURIComponent(JSON.stringify(value))}`;
const questionOf = (path: string): string | undefined => publicQuestion(new Request(`http://localhost${path}`));

it("knows a question again, however it is put", () => {
  expect(questionOf(`${programme}?a=1`)).toBe(questionOf(programme));
  expect(questionOf(`${competitionSession}?${input({ code: "ATH05", more: 1 })}&b`)).toBe(
    questionOf(`${competitionSession}?${input({ code: "ATH05" })}`),
  );
  expect(questionOf(`${competitionSession}?${input({ code: "ATH05" })}`)).not.toBe(
    questionOf(`${competitionSession}?${input({ code: "ATH06" })}`),
  );
});

it.each([
  `${programme}?batch=1`,
  `${programme},tickets.catalogue.programme?batch=1`,
  competitionSession,
  `${competitionSession}?input=%7B`,
  `${competitionSession}?${input({ code: "none" })}`,
  "/trpc/auth.accounts.me",
  "/trpc/%zz",
])("shares nothing for %s", (path) => {
  expect(questionOf(path)).toBeUndefined();
});

it("gives everybody the same kind of answer, whatever the first one asked for", async () => {
  const { ctx } = testContext({ db: database.db });
  const { app } = testApp(ctx);
  const first = await app.request(programme, { headers: { "trpc-accept": "application/jsonl" } });
  const next = await app.request(programme);
  expect(await first.text()).toBe(await next.text());
});

it.each([
  [
    "more answers at once than anybody needs",
    `/trpc/${"tickets.catalogue.programme,".repeat(10)}auth.accounts.me?batch=1`,
  ],
  ["a path that cannot be decoded", "/trpc/%zz"],
])("refuses %s, and logs no fault", async (_, path) => {
  const { ctx } = testContext({ db: database.db });
  const { app, logged } = testApp(ctx);
  const response = await app.request(path);
  expect(response.status).toBe(400);
  expect(await response.text()).toContain("invalid_input");
  expect(logged()).not.toContain('"level":50');
});
