import type { CoreContext } from "@tessera/core";
import { enrolTablet } from "@tessera/core/testing";
import type { Venue } from "./venue.ts";

/** A tablet that nobody had to invite: enrolled for a gate, with a shift that has just begun. */
export type StagedTablet = {
  readonly scannerId: string;
  readonly gateId: string;
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
  readonly sign: (bytes: Uint8Array) => Uint8Array;
  readonly shiftId: string;
};

/** Enrols a tablet for a venue's competition session. */
export async function stageTablet(ctx: CoreContext, venue: Venue, gateId: string): Promise<StagedTablet> {
  const competitionSessionIds = [venue.competitionSessionId];
  const { scanner, shift, sign } = await enrolTablet(ctx, { gateId, competitionSessionIds });
  return { scannerId: scanner.scannerId, gateId, publicKey: scanner.publicKey, sign, shiftId: shift.id };
}
