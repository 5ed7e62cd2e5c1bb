import { stockProgramme, testContext } from "@tessera/core/testing";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { testApp } from "../testing/test-app.ts";
import { PublicAnswers } from "./public-answers.ts";

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
  const responses = await Promise.all(Array.from({ length: 50 }, () => answers.answer(request, make)));
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
  const [one, other] = [await answers.answer(request, make), await answers.answer(request, make)];
  expect(await one.json()).not.toEqual(await other.json());
});
