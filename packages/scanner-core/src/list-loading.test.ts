import { expect, test } from "vitest";
import { openTablet } from "./testing/open-keeper.ts";

const lost = () => Promise.reject(new Error("no network"));

test("says how far the first list has come, also after a restart without a network, until all of it is there", async () => {
  const { server, start, answers } = await openTablet();
  for (let ticket = 0; ticket < 9; ticket += 1) server.change(ticket);
  answers.push(lost);
  expect((await start()).keeper.loading).toBeNull();
  answers.push(server.answer, lost);
  expect((await start()).keeper.loading).toEqual({ tickets: 4, of: 9 });
  answers.push(lost);
  const { keeper } = await start();
  expect(keeper.loading).toEqual({ tickets: 4, of: 9 });
  expect(keeper.current).toBeNull();
  server.change(9);
  answers.push(server.answer, lost);
  await keeper.refresh();
  expect(keeper.loading).toEqual({ tickets: 8, of: 10 });
  await keeper.refresh();
  expect([keeper.loading, keeper.current?.size]).toEqual([null, 10]);
});

test("nobody waits for a list that takes the place of another one", async () => {
  const { server, start, answers } = await openTablet();
  for (let ticket = 0; ticket < 9; ticket += 1) server.change(ticket);
  await start();
  answers.push((input) => server.answer({ ...input, cursor: null }), lost);
  const { keeper } = await start();
  expect([keeper.loading, keeper.current?.size]).toEqual([null, 9]);
});
