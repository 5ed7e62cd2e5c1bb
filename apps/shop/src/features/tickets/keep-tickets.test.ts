import { QueryClient } from "@tanstack/react-query";
import type { AuthState, Ticket } from "@tessera/contracts";
import { expect, test, vi } from "vitest";
import { keepTickets } from "./keep-tickets.ts";
import type { KeptTickets } from "./ticket-database.ts";

const queries = { me: ["me"], mine: ["mine"], deviceKeys: ["device-keys"] };
const signedIn = (id: string): KeptTickets["auth"] => ({
  state: "signed_in",
  account: { id, email: `${id}@example.org`, displayName: id, locale: "en", role: "visitor" },
  factors: { totp: true, passkey: false },
  steppedUpUntil: "2028-07-14T10:00:00Z",
});
const ticketsOf = (owner: string) => [{ id: `ticket of ${owner}` }] as Ticket[];

/** A page that begins, on a device that has kept this. */
function begin(kept?: KeptTickets) {
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const disk: { kept: KeptTickets | undefined; keys: "with passes" | "without passes" | "none"; swept: boolean } = {
    kept,
    keys: "with passes",
    swept: false,
  };
  const onKept = vi.fn<() => void>();
  const store = {
    read: () => Promise.resolve(disk.kept),
    write: async (next: KeptTickets) => void (disk.kept = next),
    leaveKeysOnly: async () => void Object.assign(disk, { kept: undefined, keys: "without passes" }),
    empty: async () => void Object.assign(disk, { kept: undefined, keys: "none" }),
    dropOldKeys: async () => void (disk.swept = true),
  };
  return { queryClient, disk, onKept, keeper: keepTickets(queryClient, queries, store, onKept) };
}

const answer = (queryClient: QueryClient, queryKey: string[], data: unknown) =>
  queryClient.query({ queryKey, queryFn: () => Promise.resolve(data) });
const kept: KeptTickets = { auth: signedIn("ada"), tickets: ticketsOf("ada"), readAtMs: 1 };

test("what the server said is kept, with whose it is", async () => {
  const { queryClient, disk, onKept } = begin();
  await answer(queryClient, queries.me, signedIn("ada"));
  await answer(queryClient, queries.mine, ticketsOf("ada"));
  await vi.waitFor(() => expect(disk.kept).toMatchObject({ auth: signedIn("ada"), tickets: ticketsOf("ada") }));
  expect(onKept).toHaveBeenCalledOnce();
});

test("a page that begins has it at once, as old as it is", async () => {
  const { queryClient } = begin(kept);
  await vi.waitFor(() => expect(queryClient.getQueryData(queries.mine)).toEqual(ticketsOf("ada")));
  expect(queryClient.getQueryData(queries.me)).toEqual(signedIn("ada"));
  expect(queryClient.getQueryState(queries.mine)?.dataUpdatedAt).toBe(1);
});

test("a server that was quicker is right", async () => {
  const { queryClient, keeper } = begin(kept);
  const signedOut: AuthState = { state: "signed_out" };
  queryClient.setQueryData(queries.me, signedOut);
  // Which waits for what was begun before.
  await keeper.forget({ forGood: false });
  expect(queryClient.getQueryData(queries.me)).toEqual(signedOut);
  expect(queryClient.getQueryData(queries.mine)).toBeUndefined();
});

test("who signs in with another account finds nothing of the one before", async () => {
  const { queryClient, disk } = begin(kept);
  await vi.waitFor(() => expect(queryClient.getQueryData(queries.mine)).toBeDefined());
  await answer(queryClient, queries.me, signedIn("grace"));
  await vi.waitFor(() => expect(disk).toMatchObject({ kept: undefined, keys: "without passes" }));
  expect(queryClient.getQueryData(queries.mine)).toBeUndefined();
  await answer(queryClient, queries.mine, ticketsOf("grace"));
  await vi.waitFor(() => expect(disk.kept?.auth.account.id).toBe("grace"));
});

test("the same account again loses nothing, nor does one whose auth session ended by itself", async () => {
  const { queryClient, disk } = begin(kept);
  await answer(queryClient, queries.me, { state: "signed_out" });
  await answer(queryClient, queries.me, signedIn("ada"));
  expect(disk).toMatchObject({ kept, keys: "with passes" });
});

test.each([
  { who: "who has signed out only the keys stay", forGood: false, keys: "without passes" },
  { who: "whose account is no more nothing stays", forGood: true, keys: "none" },
])("of an owner $who", async ({ forGood, keys }) => {
  const { queryClient, disk, keeper } = begin(kept);
  queryClient.setQueryData(queries.deviceKeys, new Map());
  await keeper.forget({ forGood });
  expect(disk).toMatchObject({ kept: undefined, keys });
  expect(queryClient.getQueryData(queries.deviceKeys)).toBeUndefined();
});

test("what was on its way when the owner went is not kept", async () => {
  const { queryClient, disk, keeper } = begin();
  await answer(queryClient, queries.me, signedIn("ada"));
  const late = Promise.withResolvers<Ticket[]>();
  const asking = queryClient.query({ queryKey: queries.mine, queryFn: () => late.promise }).catch(() => null);
  await keeper.forget({ forGood: false });
  late.resolve(ticketsOf("ada"));
  await asking;
  // Which waits for what was begun before.
  await keeper.forget({ forGood: false });
  expect(disk.kept).toBeUndefined();
  expect(queryClient.getQueryData(queries.mine)).toBeUndefined();
});

test("a page that begins for another account takes the passes away, and leaves the keys", async () => {
  const { queryClient, disk } = begin(kept);
  queryClient.setQueryData(queries.me, signedIn("grace"));
  queryClient.setQueryData(queries.deviceKeys, new Map());
  await vi.waitFor(() => expect(disk).toMatchObject({ kept: undefined, keys: "without passes" }));
  await vi.waitFor(() => expect(queryClient.getQueryData(queries.deviceKeys)).toBeUndefined());
});

test("a page that begins drops old keys", async () => {
  const { disk } = begin();
  await vi.waitFor(() => expect(disk.swept).toBe(true));
});
