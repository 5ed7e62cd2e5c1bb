import { parseArgs } from "node:util";
import { type KekKind, kekKinds, type OrganiserKeyKind, organiserKeyKinds } from "@tessera/core";
import { UsageError } from "../commands/run-command.ts";

const usage = `Usage: pnpm keys COMMAND

  list                                  every key: state, age, what it still seals, which servers hold it

  create issuer|list|token              the next key of the organiser: published now, used after rotate
  rotate issuer|list|token              the next key signs; the old one goes on verifying
      --keep-old 30d | YYYY-MM-DD       for so long, or to the end of that day (UTC); without it for ever
      --now                             also if tablets may not know the next key yet
  compromise issuer|list|token ID       trust a key no more, as of now; if it was active, another takes its place

  create kek KIND                       the next key-encryption key: it opens now, and seals after rotate
      --print                           write a key for the environment even to what is no terminal
  rotate kek KIND [ID]                  the next one seals, or that one
      --force                           also if a server does not hold it: that one cannot open what is sealed from then on
  reseal [KIND]                         seal everything under the active one, while everything runs; safe to stop and repeat
  retire kek KIND ID                    it may go: nothing is sealed under it any more

KIND of a key-encryption key: ${kekKinds.join(", ")}. docs/operations.md tells when to do what.
`;

export type KeyCommand =
  | { do: "list" }
  | { do: "create"; kind: OrganiserKeyKind }
  | { do: "rotate"; kind: OrganiserKeyKind; keepOld: string | undefined; now: boolean }
  | { do: "compromise"; kind: OrganiserKeyKind; id: number }
  | { do: "create kek"; kind: KekKind; print: boolean }
  | { do: "rotate kek"; kind: KekKind; id: number | undefined; force: boolean }
  | { do: "reseal"; kinds: readonly KekKind[] }
  | { do: "retire kek"; kind: KekKind; id: number };

/** What the command line asks for, or the usage if that is it. Throws a UsageError for what it cannot mean. */
export function readKeyArguments(parameters?: string[]): KeyCommand | { usage: string } {
  const { values, positionals } = parse(parameters);
  if (values.help) return { usage };
  const [verb, ...rest] = positionals;
  const [first, second, third] = rest;
  const flags = Object.entries(values).flatMap(([name, value]) => (value === false ? [] : [name]));
  const allow = (most: number, ...allowed: string[]): void => {
    const extra = rest[most] ?? flags.find((flag) => !allowed.includes(flag));
    if (extra !== undefined) throw new UsageError(`"${extra}" has no meaning here.`, usage);
  };

  if (verb === "list") {
    allow(0);
    return { do: "list" };
  }
  if (verb === "reseal") {
    allow(1);
    return { do: "reseal", kinds: first === undefined ? kekKinds : [kekKindOf(first)] };
  }
  if (first === "kek" && (verb === "create" || verb === "rotate" || verb === "retire")) {
    const kind = kekKindOf(second);
    if (verb === "create") {
      allow(2, "print");
      return { do: "create kek", kind, print: values.print };
    }
    if (verb === "rotate") {
      allow(3, "force");
      return { do: "rotate kek", kind, id: third === undefined ? undefined : idOf(third), force: values.force };
    }
    allow(3);
    return { do: "retire kek", kind, id: idOf(third) };
  }
  if (verb === "create") {
    allow(1);
    return { do: "create", kind: organiserKindOf(first) };
  }
  if (verb === "rotate") {
    allow(1, "now", ...(first === "token" ? [] : ["keep-old"]));
    return { do: "rotate", kind: organiserKindOf(first), keepOld: values["keep-old"], now: values.now };
  }
  if (verb === "compromise") {
    allow(2);
    return { do: "compromise", kind: organiserKindOf(first), id: idOf(second) };
  }
  throw new UsageError("What shall be done?", usage);
}

const day = /^\d{4}-\d{2}-\d{2}$/;
const dayMs = 86_400_000;

/** The first moment at which the old key verifies no more; null without end. Throws a UsageError, also for the past. */
export function keptUntil(text: string | undefined, now: Date): Date | null {
  if (text === undefined) return null;
  const [, days] = /^([1-9]\d{0,3})d$/.exec(text) ?? [];
  if (days !== undefined) return new Date(now.getTime() + Number(days) * dayMs);
  const midnight = day.test(text) ? new Date(`${text}T00:00:00Z`) : new Date(Number.NaN);
  // 2028-02-30 would become the first of March.
  if (Number.isNaN(midnight.getTime()) || midnight.toISOString().slice(0, 10) !== text) {
    throw new UsageError(
      `--keep-old ${text} is neither a number of days such as 30d nor a day such as 2028-08-31.`,
      usage,
    );
  }
  const until = new Date(midnight.getTime() + dayMs);
  if (until <= now)
    throw new UsageError(`--keep-old ${text} is over. To trust a key no more at once: compromise.`, usage);
  return until;
}

function parse(parameters: string[] | undefined) {
  try {
    return parseArgs({
      ...(parameters === undefined ? {} : { args: parameters }),
      allowPositionals: true,
      options: {
        "keep-old": { type: "string" },
        now: { type: "boolean", default: false },
        print: { type: "boolean", default: false },
        force: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), usage);
  }
}

function organiserKindOf(text: string | undefined): OrganiserKeyKind {
  const kind = organiserKeyKinds.find((known) => known === text);
  if (kind === undefined) throw new UsageError(`Which key? One of ${organiserKeyKinds.join(", ")}, or kek.`, usage);
  return kind;
}

function kekKindOf(text: string | undefined): KekKind {
  const kind = kekKinds.find((known) => known === text);
  if (kind === undefined)
    throw new UsageError(`Which kind of key-encryption key? One of ${kekKinds.join(", ")}.`, usage);
  return kind;
}

function idOf(text: string | undefined): number {
  if (text === undefined || !/^[1-9]\d{0,4}$/.test(text))
    throw new UsageError("Which one? Its number, as in the list.", usage);
  return Number(text);
}
