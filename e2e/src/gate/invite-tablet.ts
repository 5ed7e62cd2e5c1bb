import { randomUUID } from "node:crypto";
import { openApiSession } from "../people/api-session.ts";
import type { Office } from "../provided.ts";

export type TabletWish = {
  /** Codes of competition sessions at one venue. */
  readonly sessions: readonly [string, ...string[]];
  /** The code of its gate: "A". */
  readonly gate: string;
};

/** What an admin does in the dashboard to make a device a tablet. */
export async function inviteTablet(run: Office, { sessions, gate }: TabletWish) {
  const { client } = openApiSession(run.origin, "admin", run.otherAdmin.cookies);
  const { scanners } = client.admin;
  const choices = await scanners.choices.query();
  const venue = choices.find(({ competitionSessions }) => competitionSessions.some(({ code }) => code === sessions[0]));
  const gateId = venue?.gates.find(({ code }) => code === gate)?.id;
  const competitionSessions = venue?.competitionSessions.filter(({ code }) => sessions.includes(code)) ?? [];
  if (gateId === undefined || competitionSessions.length < sessions.length) {
    throw new Error(`no venue with gate ${gate} for ${sessions.join(", ")}`);
  }
  const name = `Gate ${gate}, ${randomUUID().slice(0, 4)}`;
  const competitionSessionIds = competitionSessions.map(({ id }) => id);
  const { scannerId, code } = await scanners.invite.mutate({ name, gateId, competitionSessionIds });
  return {
    scannerId,
    name,
    code,
    gateId,
    competitionSessionIds,
    /** The code to compare, once the tablet has claimed it. */
    comparison: async () =>
      (await scanners.list.query()).find((scanner) => scanner.id === scannerId)?.comparison ?? null,
    confirm: () => scanners.confirm.mutate({ scannerId }),
    revoke: () => scanners.revoke.mutate({ scannerId }),
  };
}
