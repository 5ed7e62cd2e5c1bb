import type { Shift } from "@tessera/contracts";
import {
  claimScanner,
  confirmScanner,
  type CoreContext,
  endShift,
  inviteScanner,
  readKnownScanner,
  demandEnrolled,
} from "@tessera/core";
import { registerVisitor, testRequester } from "@tessera/core/testing";
import type { Office } from "@tessera/scanner-core";
import { v7 } from "uuid";
import type { Venue } from "../stage/venue.ts";

type Person = Awaited<ReturnType<typeof registerVisitor>>;
type Role = "staff" | "supervisor";

/** Who enrols tablets, and who works with them: the same people everywhere, since who they are matters to nobody here. */
export type People = { readonly admin: Person } & { readonly [Each in Role]: Person };

export async function hirePeople(ctx: CoreContext): Promise<People> {
  const [admin, supervisor, staff] = [
    await registerVisitor(ctx, "admin"),
    await registerVisitor(ctx, "supervisor"),
    await registerVisitor(ctx, "staff"),
  ];
  return { admin, supervisor, staff };
}

/** An invitation for a new tablet at a gate: its code, and who confirms it once both screens say the same. */
export async function invite(ctx: CoreContext, { admin }: People, venue: Venue, gateId: string, name: string) {
  const competitionSessionIds = [venue.competitionSessionId];
  const { scannerId, code } = await inviteScanner(ctx, admin, { name, gateId, competitionSessionIds });
  return { scannerId, code, confirm: () => confirmScanner(ctx, admin, { scannerId }) };
}

/** What a tablet is told at the desk where shifts begin. That people sign in there is no matter of gates. */
export function openOffice(ctx: CoreContext, people: People, scannerId: string, next: () => Role): Office {
  return {
    claim: (input) => claimScanner(ctx, input, testRequester),
    beginShift: () => beginShift(ctx, people, scannerId, next()),
    endShift: async ({ shiftId }) => {
      const scanner = await readKnownScanner(ctx, { scannerId });
      if (scanner !== undefined) await endShift(ctx, demandEnrolled(scanner), { shiftId });
    },
  };
}

async function beginShift(ctx: CoreContext, people: People, scannerId: string, role: Role): Promise<Shift> {
  const { accountId, displayName } = people[role];
  const beganAt = ctx.clock();
  const endsAt = new Date(beganAt.getTime() + ctx.policy.shiftHours * 3_600_000);
  const overrides = role === "staff" ? 0 : ctx.policy.overridesPerShift;
  const { id } = await ctx.db
    .insertInto("shift")
    .values({
      id: v7({ msecs: beganAt.getTime(), random: ctx.random(16) }),
      scanner_id: scannerId,
      account_id: accountId,
      role,
      overrides,
      began_at: beganAt,
      ends_at: endsAt,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return { id, accountId, displayName, role, beganAt: beganAt.toISOString(), endsAt: endsAt.toISOString(), overrides };
}
