import { setTimeout as delay } from "node:timers/promises";
import { openApi } from "./api.ts";
import { visit } from "./buyer.ts";
import { count } from "./count.ts";
import { openHttpClient } from "./http.ts";
import { createKiller, type KillCounts, planKills } from "./kills.ts";
import { createMemory } from "./memory.ts";
import { ownProof } from "./proof.ts";
import { type Random, seededRandom } from "./random.ts";
import { replayAll } from "./replay.ts";
import type { Finding, Row } from "./report.ts";
import { type Account, type Offer, openStage, type Stage } from "./stage.ts";

export type RunSettings = { seed: number; buyers: number; seats: number; kills: KillCounts; guard: boolean };

const largestCrowd = 64;

/**
 * How many are in the shop at once; the others stand in line before it. With the guard so few that they cannot buy
 * everything at once: then there would be no moment left in which to kill something while seats remain. Without it as many
 * as there is room for: the more come at once, the less it is luck that two are sold one seat.
 */
const crowdFor = ({ seats, guard }: RunSettings): number =>
  guard ? Math.min(largestCrowd, Math.ceil(seats / 15)) : largestCrowd;
/** Short, so that what nobody pays for comes back within the run; the provider's page lives twice as long. */
const holdSeconds = 6;
const lookAgainMs = 100;
/** Short beside what is measured: how long it takes until somebody is answered again. */
const probePauseMs = 20;
/** For what is held to be sold in the end: some hold times, and as many restarts. */
const drainPatienceMs = 120_000;

/** One run on a database and a server of its own. */
export async function runChaos(settings: RunSettings): Promise<{ row: Row; findings: Finding[] }> {
  const stage = await openStage({ ...settings, holdSeconds });
  const crowd = crowdFor(settings);
  const client = openHttpClient(stage.server.origin, { connections: crowd });
  // What asks whether somebody is there again does not stand in line with the buyers.
  const probing = openHttpClient(stage.server.origin, { connections: 1 });
  try {
    const memory = createMemory();
    const random = seededRandom(settings.seed);
    const killer = createKiller({
      plan: planKills(random, settings),
      random,
      kill: { server: stage.server.kill, postgres: stage.killPostgres },
      untilAnswered: () => untilWriting(openApi(probing, stage.probe, random, { longestPauseMs: probePauseMs })),
      seatsRemain: async () => (await readLevels(stage)).free.length > 0,
    });
    const onGranted = killer.granted;
    const waiting: Account[] = [];
    const ends = new Set<Promise<void>>();
    const attend = async (account: Account, going: ReturnType<typeof visit>): Promise<void> => {
      const { outcome } = await going;
      const ending = outcome.then((end) => {
        if (end === "waiting") waiting.push(account);
        ends.delete(ending);
      });
      ends.add(ending);
    };

    // Everybody comes, wants something, and does with it what people do.
    await forEach(stage.accounts, crowd, async (account, index) => {
      await killer.settled();
      const own = seededRandom(settings.seed, index);
      const partial = own.chance(0.3);
      const plan = planOf(own);
      await attend(
        account,
        visit({ client, memory, account, random: own, wish: wishOf(own, stage), partial, plan, onGranted }),
      );
      killer.served();
    });

    // What comes back is sold to those who still wait, and they pay.
    await drain(stage, { waiting, ends, crowd }, async (account, offers) => {
      const own = seededRandom(settings.seed, stage.accounts.indexOf(account), 1);
      const wish = offers.map((offer) => ({ offer, quantity: 1 }));
      await attend(
        account,
        visit({ client, memory, account, random: own, wish, partial: true, plan: "pay", onGranted }),
      );
    });
    await Promise.all(ends);
    await killer.settled();

    const changed = await replayAll(client, memory, crowd);
    const counted = await count(stage, memory, { stillWaiting: waiting.length });
    const proof = await ownProof(stage);
    const { kills, whileSeatsRemained, recoveriesMs } = killer.result();
    const findings = [...counted.findings, ...changed, ...proof];
    const ofKind = (kind: Finding["kind"]): number =>
      findings.filter((finding) => finding.kind === kind).reduce((sum, { times }) => sum + times, 0);
    const row: Row = {
      seed: settings.seed,
      kills_server: kills.server,
      kills_postgres: kills.postgres,
      oversold: ofKind("oversold"),
      unsold: ofKind("unsold"),
      lost: ofKind("lost"),
      doubled: ofKind("doubled"),
      changed: ofKind("changed"),
      recovery_server_ms: medianOf(recoveriesMs.server),
      recovery_postgres_ms: medianOf(recoveriesMs.postgres),
      kills_while_seats_remained: whileSeatsRemained,
      orders: memory.granted.length,
      surprises: ofKind("surprise"),
    };
    return { row, findings };
  } catch (error) {
    throw new Error(`A run with the seed ${settings.seed} could not be ended. ${await stage.lastWords()}`, {
      cause: error,
    });
  } finally {
    client.close();
    probing.close();
    await stage.close();
  }
}

/** Sells what is free to those who wait, until all is paid for or nobody wants anything. */
async function drain(
  stage: Stage,
  { waiting, ends, crowd }: { waiting: Account[]; ends: ReadonlySet<Promise<void>>; crowd: number },
  sellTo: (account: Account, offers: readonly Offer[]) => Promise<void>,
): Promise<void> {
  const deadline = performance.now() + drainPatienceMs;
  while (performance.now() < deadline) {
    const { free, open } = await readLevels(stage);
    if (open === 0 && ends.size === 0 && (free.length === 0 || waiting.length === 0)) return;
    const solos = free.flatMap((seatPoolId) =>
      stage.offers.filter((offer) => offer.seatPoolId === seatPoolId && offer.persons === 1),
    );
    // At most one buyer for each seat that may be free: the others would be refused.
    const invited = solos.length === 0 ? [] : waiting.splice(0, crowd);
    if (invited.length > 0) await forEach(invited, crowd, (account) => sellTo(account, solos));
    else await delay(lookAgainMs);
  }
}

/** Which pools have seats left, and how many orders are neither paid nor over. */
async function readLevels({ records }: Stage): Promise<{ free: string[]; open: number }> {
  const free = await records.query<{ id: string }>("select id from seat_pool where taken < capacity order by id");
  const [orders] = await records.query<{ open: number }>(
    `select count(*)::integer as open from "order" where state in ('held', 'awaiting_payment')`,
  );
  return { free: free.map(({ id }) => id), open: orders?.open ?? 0 };
}

/** One or two lines in different pools: alone, two singles, a pair or a family. */
function wishOf(random: Random, { offers, pools }: Stage): { offer: Offer; quantity: number }[] {
  const wanted = random.shuffled(pools).slice(0, random.chance(0.3) ? 2 : 1);
  return wanted.map(({ id }) => {
    const offer = random.pick(offers.filter(({ seatPoolId }) => seatPoolId === id));
    return { offer, quantity: offer.persons === 1 ? random.pick([1, 2]) : 1 };
  });
}

function planOf(random: Random) {
  const at = random.next();
  if (at < 0.7) return "pay";
  if (at < 0.76) return "doubled";
  if (at < 0.8) return "unreported";
  if (at < 0.85) return "refuse_then_pay";
  if (at < 0.9) return "cancel";
  return at < 0.95 ? "abandon" : "abandon_page";
}

/** Until a write through the server is answered: the server is there, and PostgreSQL takes what it commits. */
async function untilWriting(api: ReturnType<typeof openApi>): Promise<void> {
  await api.mutate("auth.accounts.setLocale", () => ({ locale: "en" }));
}

/** As many at once as are in the shop. */
async function forEach<Item>(
  items: readonly Item[],
  crowd: number,
  work: (item: Item, index: number) => Promise<void>,
): Promise<void> {
  const left = items.entries();
  const worker = async (): Promise<void> => {
    for (const [index, item] of left) await work(item, index);
  };
  await Promise.all(Array.from({ length: crowd }, worker));
}

function medianOf(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted[Math.floor((sorted.length - 1) / 2)];
  return middle === undefined ? null : Math.round(middle);
}
