import type { ListedKeys } from "@tessera/core";
import { formatNumber } from "../programme/report.ts";

/** Every key on a line of its own, for the person who runs the command. */
export function describeKeys({ organiserKeys, keks, nodes }: ListedKeys, now: Date): string[] {
  return [
    line("Organiser's key", "state", "age", "active for", "verifies until"),
    ...organiserKeys.map(({ kind, id, state, createdAt, activatedAt, verifiesUntil }) =>
      line(
        `${kind} ${id}`,
        state,
        age(createdAt, now),
        state === "active" ? age(activatedAt, now) : "",
        untilText({ kind, state, verifiesUntil }, now),
      ),
    ),
    "",
    line("Key-encryption key", "state", "age", "seals", `on ${servers(nodes)}`),
    ...keks.map(({ kind, id, state, createdAt, values, nodesHolding, nodesSealing }) =>
      line(
        `kek ${kind} ${id}`,
        state,
        age(createdAt, now),
        formatNumber(values),
        nodes === 0 ? "" : `${nodesHolding} hold it${nodesSealing === 0 ? "" : `, ${nodesSealing} seal with it`}`,
      ),
    ),
  ];
}

export const servers = (count: number): string => (count === 1 ? "1 running server" : `${count} running servers`);

/** To the minute, in UTC. */
export const moment = (at: Date): string => `${at.toISOString().slice(0, 16).replace("T", " ")} UTC`;

type Verifying = Pick<ListedKeys["organiserKeys"][number], "kind" | "state" | "verifiesUntil">;

function untilText({ kind, state, verifiesUntil }: Verifying, now: Date): string {
  if (kind === "token") return "";
  if (verifiesUntil !== null) return `${moment(verifiesUntil)}${verifiesUntil <= now ? " (over)" : ""}`;
  if (state === "compromised") return kind === "issuer" ? "listed passes only" : "never";
  return state === "retired" ? "no end" : "";
}

function age(since: Date | null, now: Date): string {
  if (since === null) return "";
  const minutes = Math.max(0, Math.floor((now.getTime() - since.getTime()) / 60_000));
  if (minutes < 60) return `${minutes} min`;
  return minutes < 48 * 60 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 1440)} d`;
}

const line = (name: string, state: string, ...cells: readonly string[]): string => {
  const [first = "", second = "", last = ""] = cells;
  return `${name.padEnd(20)}${state.padEnd(13)}${first.padStart(8)}${second.padStart(13)}   ${last}`.trimEnd();
};
