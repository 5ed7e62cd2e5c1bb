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
import { keepKekFile, loadKeks } from "../adapters/kek-files.ts";
import { type Config, kekVariableOf } from "../config.ts";
import { listMaxAgeSeconds } from "../container.ts";
import { describeKekProblem } from "../jobs/keks.ts";
import { formatNumber } from "../programme/report.ts";
import { SetupError } from "../setup-error.ts";
import { describeKeys, moment, servers } from "./describe-keys.ts";
import { keptUntil, type KeyCommand } from "./key-arguments.ts";
import { resealWithProgress } from "./reseal-with-progress.ts";

/** What a command works with, and on whom it calls. */
export type KeyCommandParts = Pick<CoreContext, "clock" | "random"> & {
  /** With the owner's role: the application may neither change keys nor seal history anew. */
  db: CoreContext["db"];
  config: Pick<Config, "dataDir" | "keks" | "demo">;
  /** What is said goes to a person's terminal, and is kept nowhere. */
  terminal: boolean;
  say: (sentence: string) => void;
  /** Told why nothing was done. */
  complain: (sentence: string) => void;
  /** Ends sealing anew after the batch in hand. */
  signal: AbortSignal;
};

type Parts = KeyCommandParts & Pick<CoreContext, "keyring"> & { keks: NodeKeks };
type Given<Do extends KeyCommand["do"]> = Extract<KeyCommand, { do: Do }>;

/**
 * Does what was asked for and says it.
 *
 * @returns the exit status: 1 if it was refused, or is not finished
 */
export async function runKeyCommand(parts: KeyCommandParts, command: KeyCommand): Promise<number> {
  const { db, clock, config, say } = parts;
  if (command.do === "list") {
    say(describeKeys(await listKeys({ db }), clock()).join("\n"));
    return 0;
  }
  const keks = await loadKeks({ dataDir: config.dataDir, given: config.keks, createMissing: config.demo });
  await agree(parts, keks);
  const all: Parts = { ...parts, keks, keyring: createKeyring(keks) };
  switch (command.do) {
    case "create":
      return create(all, command);
    case "rotate":
      return rotate(all, command);
    case "compromise":
      return compromise(all, command);
    case "create kek":
      return createKekOf(all, command);
    case "rotate kek":
      return rotateKekOf(all, command);
    case "retire kek":
      return retireKekOf(all, command);
    case "reseal":
      return reseal(all, command);
    default:
      return command satisfies never;
  }
}

/** Another key by the same number must not seal anything. One that is not here is no reason not to replace it. */
async function agree(parts: KeyCommandParts, keks: NodeKeks): Promise<void> {
  const problems = await syncKeks(parts, keks);
  const others = problems.filter(({ problem }) => problem === "other_key");
  if (others.length > 0) throw new SetupError(others.map(describeKekProblem).join("\n"));
  for (const problem of problems) parts.complain(`Warning: ${describeKekProblem(problem)}`);
}

async function create(parts: Parts, { kind }: Given<"create">): Promise<number> {
  const made = await createOrganiserKey(parts, kind);
  if (made.outcome === "next_exists")
    return refuse(parts, `${kind} ${made.id} is the next key already: rotate it, or compromise it.`);
  if (made.outcome === "no_id_left") return refuse(parts, `All 255 numbers of ${kind} keys are used up.`);
  parts.say(
    made.state === "active"
      ? `${kind} ${made.id} is made, the first of its kind, and active.`
      : `${kind} ${made.id} is made and being published. It signs nothing until: pnpm keys rotate ${kind}`,
  );
  return 0;
}

async function rotate(parts: Parts, { kind, keepOld, now }: Given<"rotate">): Promise<number> {
  const verifiesUntil = keptUntil(keepOld, parts.clock());
  const policy = { listMaxAgeSeconds };
  const rotated = await rotateOrganiserKey({ ...parts, policy }, { kind, verifiesUntil, waive: now });
  if (rotated.outcome === "no_next")
    return refuse(parts, `There is no next ${kind} key. Make one first: pnpm keys create ${kind}`);
  if (rotated.outcome === "too_young") {
    return refuse(
      parts,
      `Tablets and servers may not know the next ${kind} key before ${moment(rotated.readyAt)}. Try again then; ` +
        "--now does it all the same, and those that do not know it refuse what it signs until their next list.",
    );
  }
  parts.say(`${kind} ${rotated.to} is active. Every running server follows within half a minute.`);
  if (rotated.from !== null && kind !== "token") {
    parts.say(
      `${kind} ${rotated.from} goes on verifying ${verifiesUntil === null ? "without end" : `until ${moment(verifiesUntil)}`}.`,
    );
  }
  if (rotated.passesCutShort > 0) {
    parts.say(
      `Warning: ${formatNumber(rotated.passesCutShort)} activated tickets are good for longer than that: ` +
        "their holders must activate them again in time.",
    );
  }
  return 0;
}

async function compromise(parts: Parts, { kind, id }: Given<"compromise">): Promise<number> {
  const done = await compromiseOrganiserKey(parts, { kind, id });
  if (done.outcome === "unknown_key") return refuse(parts, `There is no ${kind} ${id}.`);
  if (done.outcome === "already") return refuse(parts, `${kind} ${id} is compromised already.`);
  parts.say(`${kind} ${id} is trusted no more by itself, on every running server within half a minute.`);
  if (kind === "issuer")
    parts.say("Tablets learn it with their next list: passes that the list has stay good, all others do not.");
  if (done.replaced) parts.say(`${kind} ${done.activeId} is active in its place.`);
  if (kind === "list" && done.replaced)
    parts.say(
      "A tablet takes its lists only if one before has named it. The others say so: there somebody signs out and in again.",
    );
  return 0;
}

async function createKekOf(parts: Parts, { kind, print }: Given<"create kek">): Promise<number> {
  const { config, keks } = parts;
  const fromEnvironment = config.keks[kind] !== undefined;
  if (fromEnvironment && !print && !parts.terminal) {
    return refuse(
      parts,
      "The new key would be written to what is no terminal, and perhaps kept there. --print does it all the same.",
    );
  }
  let where = "";
  const keep = async (kek: HeldKek): Promise<void> => {
    if (fromEnvironment) where = `${kek.id}:${kek.key.toString("base64")}`;
    else where = await keepKekFile(config.dataDir, kek);
  };
  const made = await createKek(parts, { kind, keks, keep });
  if (made.outcome === "next_exists") {
    return refuse(parts, `kek ${kind} ${made.id} is the next already: rotate it, or retire it if nobody has it.`);
  }
  parts.say(`kek ${kind} ${made.id} is made. It seals nothing until: pnpm keys rotate kek ${kind}`);
  parts.say(
    fromEnvironment
      ? `Shown this once. Add it behind the others of ${kekVariableOf(kind)} on every server, and start them again one by one:\n\n  ${where}\n`
      : `${where}\nBring a copy into the same folder of every other server, and one to where you keep your copies. Servers find it within 10 seconds.`,
  );
  return 0;
}

async function rotateKekOf(parts: Parts, { kind, id, force }: Given<"rotate kek">): Promise<number> {
  const rotated = await rotateKek(parts, { kind, id, keks: parts.keks, force });
  switch (rotated.outcome) {
    case "no_next":
      return refuse(parts, `There is no next kek of kind ${kind}. Make one first: pnpm keys create kek ${kind}`);
    case "unknown_kek":
      return refuse(parts, `There is no kek ${kind} ${id}.`);
    case "not_held_here":
      return refuse(
        parts,
        `kek ${kind} ${rotated.id} is not here: bring it to this machine first, so that nobody seals with what is lost.`,
      );
    case "not_everywhere":
      return refuse(
        parts,
        `kek ${kind} ${rotated.id} is not everywhere yet: ${servers(rotated.nodes)}, ${rotated.without} without it. ` +
          "--force does it all the same, and those cannot open what the others seal from then on.",
      );
    case "rotated":
      parts.say(`kek ${kind} ${rotated.to} seals. Every running server follows within 10 seconds.`);
      if (rotated.from !== null)
        parts.say(`What kek ${kind} ${rotated.from} has sealed stays readable. Seal it anew: pnpm keys reseal ${kind}`);
      return 0;
    default:
      return rotated satisfies never;
  }
}

async function retireKekOf(parts: Parts, { kind, id }: Given<"retire kek">): Promise<number> {
  const retired = await retireKek(parts, { kind, id });
  const name = `kek ${kind} ${id}`;
  switch (retired.outcome) {
    case "unknown_kek":
      return refuse(parts, `There is no ${name}.`);
    case "active":
      return refuse(parts, `${name} is the one that seals. Rotate first.`);
    case "already":
      return refuse(parts, `${name} is retired already.`);
    case "still_sealed":
      return refuse(parts, `${name} still seals ${formatNumber(retired.rows)} values. First: pnpm keys reseal ${kind}`);
    case "still_sealing":
      return refuse(parts, `${name} still seals on ${servers(retired.nodes)}. Try again in a moment.`);
    case "retired":
      parts.say(
        `${name} is retired. Take it off the servers; keep a copy for as long as you keep backups that it sealed.`,
      );
      return 0;
    default:
      return retired satisfies never;
  }
}

async function reseal(parts: Parts, { kinds }: Given<"reseal">): Promise<number> {
  let done = true;
  for (const kind of kinds) {
    if (parts.signal.aborted) return 1;
    done = (await resealWithProgress(parts, kind)) && done;
  }
  return done ? 0 : 1;
}

function refuse({ complain }: Pick<Parts, "complain">, reason: string): number {
  complain(reason);
  return 1;
}
