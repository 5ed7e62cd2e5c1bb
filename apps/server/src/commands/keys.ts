import { randomBytes } from "node:crypto";
import {
  compromiseOrganiserKey,
  type CoreContext,
  createKek,
  createKeyring,
  createOrganiserKey,
  type HeldKek,
  listKeys,
  type NodeKeks,
  retireKek,
  rotateKek,
  rotateOrganiserKey,
  syncKeks,
} from "@tessera/core";
import { createDatabase } from "@tessera/db";
import { keepKekFile, loadKeks } from "../adapters/kek-files.ts";
import { type Config, kekVariableOf, loadConfig } from "../config.ts";
import { listMaxAgeSeconds } from "../container.ts";
import { openDatabase } from "../database.ts";
import { describeKekProblem } from "../jobs/keks.ts";
import { describeKeys, moment, servers } from "../keys/describe-keys.ts";
import { keptUntil, type KeyCommand, readKeyArguments } from "../keys/key-arguments.ts";
import { resealWithProgress } from "../keys/reseal-with-progress.ts";
import { createLog } from "../log.ts";
import { formatNumber } from "../programme/report.ts";
import { SetupError } from "../setup-error.ts";

const say = (sentence: string): void => console.log(sentence);

/** With the owner's role: the application may neither change keys nor seal history anew. */
type KeyContext = Pick<CoreContext, "db" | "clock" | "random" | "keyring">;
type Given<Do extends KeyCommand["do"]> = Extract<KeyCommand, { do: Do }>;

async function main(): Promise<number> {
  const command = readKeyArguments();
  if (command.do === "help") {
    say(command.usage);
    return 0;
  }
  const keepOld = command.do === "rotate" ? keptUntil(command.keepOld, new Date()) : null;
  const config = loadConfig({ dev: false, https: false });
  const database = await openDatabase(config, { log: createLog("warn"), say });
  const db = createDatabase(database.ownerUrl, { max: 2, applicationName: "tessera-keys" });
  try {
    if (command.do === "list") {
      say(describeKeys(await listKeys({ db }), new Date()).join("\n"));
      return 0;
    }
    const keks = await loadKeks({ dataDir: config.dataDir, given: config.keks, createMissing: config.demo });
    const parts = { db, clock: () => new Date(), random: randomBytes };
    await agree(parts, keks);
    return await run({ ...parts, keyring: createKeyring(keks) }, command, { keks, config, keepOld });
  } finally {
    await db.destroy();
    await database.close();
  }
}

/** Another key by the same number must not seal anything. One that is not here is no reason not to replace it. */
async function agree(ctx: Pick<CoreContext, "db" | "clock" | "random">, keks: NodeKeks): Promise<void> {
  const problems = await syncKeks(ctx, keks);
  const others = problems.filter(({ problem }) => problem === "other_key");
  if (others.length > 0) throw new SetupError(others.map(describeKekProblem).join("\n"));
  for (const problem of problems) console.error(`Warning: ${describeKekProblem(problem)}`);
}

type Surroundings = { keks: NodeKeks; config: Config; keepOld: Date | null };

function run(
  ctx: KeyContext,
  command: Exclude<KeyCommand, { do: "help" | "list" }>,
  { keks, config, keepOld }: Surroundings,
): Promise<number> {
  switch (command.do) {
    case "create":
      return create(ctx, command);
    case "rotate":
      return rotate(ctx, command, keepOld);
    case "compromise":
      return compromise(ctx, command);
    case "create kek":
      return createKekOf(ctx, command, { keks, config });
    case "rotate kek":
      return rotateKekOf(ctx, command, keks);
    case "retire kek":
      return retireKekOf(ctx, command);
    case "reseal":
      return reseal(ctx, command);
    default:
      return command satisfies never;
  }
}

async function create(ctx: KeyContext, { kind }: Given<"create">): Promise<number> {
  const made = await createOrganiserKey(ctx, kind);
  if (made.outcome === "next_exists")
    return refuse(`${kind} ${made.id} is the next key already: rotate it, or compromise it.`);
  if (made.outcome === "no_id_left") return refuse(`All 255 numbers of ${kind} keys are used up.`);
  say(
    made.state === "active"
      ? `${kind} ${made.id} is made, the first of its kind, and active.`
      : `${kind} ${made.id} is made and being published. It signs nothing before: pnpm keys rotate ${kind}`,
  );
  return 0;
}

async function rotate(ctx: KeyContext, { kind, now }: Given<"rotate">, verifiesUntil: Date | null): Promise<number> {
  const rotated = await rotateOrganiserKey(
    { ...ctx, policy: { listMaxAgeSeconds } },
    { kind, verifiesUntil, waive: now },
  );
  if (rotated.outcome === "no_next")
    return refuse(`There is no next ${kind} key. Make one first: pnpm keys create ${kind}`);
  if (rotated.outcome === "too_young") {
    return refuse(
      `Tablets and servers may not know the next ${kind} key before ${moment(rotated.readyAt)}. Try again then; ` +
        "--now does it all the same, and those that do not know it refuse what it signs until their next list.",
    );
  }
  say(`${kind} ${rotated.to} is active. Every running server follows within half a minute.`);
  if (rotated.from !== null && kind !== "token") {
    say(
      `${kind} ${rotated.from} goes on verifying ${verifiesUntil === null ? "without end" : `until ${moment(verifiesUntil)}`}.`,
    );
  }
  if (rotated.passesCutShort > 0) {
    say(
      `Warning: ${formatNumber(rotated.passesCutShort)} activated tickets are good for longer than that: ` +
        "their holders must activate them again in time.",
    );
  }
  return 0;
}

async function compromise(ctx: KeyContext, { kind, id }: Given<"compromise">): Promise<number> {
  const done = await compromiseOrganiserKey(ctx, { kind, id });
  if (done.outcome === "unknown_key") return refuse(`There is no ${kind} ${id}.`);
  if (done.outcome === "already") return refuse(`${kind} ${id} is compromised already.`);
  say(`${kind} ${id} is trusted no more by itself, on every running server within half a minute.`);
  if (kind === "issuer")
    say("Tablets learn it with their next list: passes that the list has stay good, all others do not.");
  if (done.replaced) say(`${kind} ${done.activeId} is active in its place.`);
  return 0;
}

async function createKekOf(
  ctx: KeyContext,
  { kind, print }: Given<"create kek">,
  { keks, config }: Pick<Surroundings, "keks" | "config">,
): Promise<number> {
  const fromEnvironment = config.keks[kind] !== undefined;
  if (fromEnvironment && !print && !process.stdout.isTTY) {
    return refuse(
      "The new key would be written to what is no terminal, and perhaps kept there. --print does it all the same.",
    );
  }
  let where = "";
  const keep = async (kek: HeldKek): Promise<void> => {
    if (fromEnvironment) where = `${kek.id}:${kek.key.toString("base64")}`;
    else where = await keepKekFile(config.dataDir, kek);
  };
  const made = await createKek(ctx, { kind, keks, keep });
  if (made.outcome === "next_exists") {
    return refuse(`kek ${kind} ${made.id} is the next already: rotate it, or retire it if nobody has it.`);
  }
  say(`kek ${kind} ${made.id} is made. It seals nothing before: pnpm keys rotate kek ${kind}`);
  say(
    fromEnvironment
      ? `Shown this once. Add it behind the others of ${kekVariableOf(kind)} on every server, and start them again one by one:\n\n  ${where}\n`
      : `${where}\nBring a copy into the same folder of every other server, and one to where you keep your copies. Servers find it within 10 seconds.`,
  );
  return 0;
}

async function rotateKekOf(ctx: KeyContext, { kind, id, force }: Given<"rotate kek">, keks: NodeKeks): Promise<number> {
  const rotated = await rotateKek(ctx, { kind, id, keks, force });
  switch (rotated.outcome) {
    case "no_next":
      return refuse(`There is no next kek of kind ${kind}. Make one first: pnpm keys create kek ${kind}`);
    case "unknown_kek":
      return refuse(`There is no kek ${kind} ${id}.`);
    case "not_held_here":
      return refuse(
        `kek ${kind} ${rotated.id} is not here: bring it to this machine first, so that nobody seals with what is lost.`,
      );
    case "not_everywhere":
      return refuse(
        `${rotated.without} of ${servers(rotated.nodes)} do not hold kek ${kind} ${rotated.id} yet. ` +
          "--force does it all the same, and they cannot open what the others seal from then on.",
      );
    case "rotated":
      say(`kek ${kind} ${rotated.to} seals. Every running server follows within 10 seconds.`);
      if (rotated.from !== null)
        say(`What kek ${kind} ${rotated.from} has sealed stays readable. Seal it anew: pnpm keys reseal ${kind}`);
      return 0;
    default:
      return rotated satisfies never;
  }
}

async function retireKekOf(ctx: KeyContext, { kind, id }: Given<"retire kek">): Promise<number> {
  const retired = await retireKek(ctx, { kind, id });
  const name = `kek ${kind} ${id}`;
  switch (retired.outcome) {
    case "unknown_kek":
      return refuse(`There is no ${name}.`);
    case "active":
      return refuse(`${name} is the one that seals. Rotate first.`);
    case "already":
      return refuse(`${name} is retired already.`);
    case "still_sealed":
      return refuse(`${name} still seals ${formatNumber(retired.rows)} values. First: pnpm keys reseal ${kind}`);
    case "still_sealing":
      return refuse(`${servers(retired.nodes)} still seal with ${name}. Try again in a moment.`);
    case "retired":
      say(`${name} is retired. Take it off the servers; keep a copy for as long as you keep backups that it sealed.`);
      return 0;
    default:
      return retired satisfies never;
  }
}

async function reseal(ctx: KeyContext, { kinds }: Given<"reseal">): Promise<number> {
  const stopping = new AbortController();
  // After the batch in hand. It may come twice: from the terminal, and from the package manager that started us.
  process.on("SIGINT", () => stopping.abort());
  let done = true;
  for (const kind of kinds) {
    if (stopping.signal.aborted) return 1;
    done = (await resealWithProgress(ctx, kind, { say, signal: stopping.signal })) && done;
  }
  return done ? 0 : 1;
}

function refuse(reason: string): number {
  console.error(reason);
  return 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(error.message);
  process.exitCode = error.exitCode;
}
