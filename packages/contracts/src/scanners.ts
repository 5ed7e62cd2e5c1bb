import { z } from "zod";
import { competitionSessionSummary } from "./catalogue.ts";
import { base64url, freeText, id, instant } from "./common.ts";
import { gate } from "./gate.ts";

/**
 * What becomes of a tablet: somebody asks for a code, the tablet shows it with its public key, somebody compares what both
 * screens say and confirms. A code that nobody used in time is `expired`; only an `enrolled` tablet is answered.
 */
export const scannerStates = ["invited", "claimed", "enrolled", "expired", "refused", "revoked"] as const;
export const scannerState = z.enum(scannerStates);
export type ScannerState = z.infer<typeof scannerState>;

/** What a tablet is for. */
const assignmentInput = {
  /** What people call it: “Porte B, tablette 3”. */
  name: freeText.trim().min(1).max(60),
  gateId: id,
  /** All at the gate's venue. */
  competitionSessionIds: z.array(id).min(1).max(50),
};

/** What a tablet can be for: the gates of each venue, and what happens there from now on. */
export const scannerChoices = z.array(
  z.object({
    venueId: id,
    venue: z.string(),
    city: z.string(),
    gates: z.array(gate),
    competitionSessions: z.array(competitionSessionSummary),
  }),
);
export type ScannerChoices = z.output<typeof scannerChoices>;

export const inviteScannerInput = z.object(assignmentInput);
export const assignScannerInput = z.object({ scannerId: id, ...assignmentInput });
export const scannerIdInput = z.object({ scannerId: id });

/** The code is shown this once: ten characters of Crockford's base32, and the tablet's page that reads it from its link. */
export const scannerInvitation = z.object({ scannerId: id, code: z.string(), link: z.url(), expiresAt: instant });
export type ScannerInvitation = z.output<typeof scannerInvitation>;

/** How a tablet was when it was last heard. */
export const scannerReport = z.object({
  /** When the oldest of its lists was made; null while it has none. */
  listMadeAt: z.iso.datetime().nullable(),
  /** Records that have not been taken yet. */
  queued: z.int().min(0).max(1_000_000),
  /** 0 to 1; null where the device does not say. */
  battery: z.number().min(0).max(1).nullable(),
  charging: z.boolean().nullable(),
  /** The build of the app. */
  appVersion: freeText.max(40),
  /** Its wall clock less the server's, in milliseconds, as well as it knows. */
  clockOffsetMs: z.int().min(-1e12).max(1e12).nullable(),
});
export type ScannerReport = z.infer<typeof scannerReport>;

/** A tablet as supervisors see it. */
export const scannerView = z.object({
  id,
  name: z.string(),
  state: scannerState,
  gate,
  venue: z.string(),
  competitionSessions: z.array(competitionSessionSummary),
  /** Eight characters of Crockford's base32, to compare with the tablet's own screen; null before it is claimed. */
  comparison: z.string().nullable(),
  codeExpiresAt: instant,
  invitedAt: instant,
  enrolledAt: instant.nullable(),
  revokedAt: instant.nullable(),
  lastContactAt: instant.nullable(),
  listMadeAt: instant.nullable(),
  queued: z.int().nullable(),
  battery: z.number().nullable(),
  charging: z.boolean().nullable(),
  appVersion: z.string().nullable(),
  clockOffsetMs: z.int().nullable(),
  /** Who works with it now: open shifts. */
  staff: z.array(z.object({ shiftId: id, displayName: z.string(), role: z.enum(["staff", "supervisor", "admin"]) })),
  /** Numbers below the highest that arrived which are still missing: scans that only the tablet has. */
  missing: z.int(),
});
export type ScannerView = z.output<typeof scannerView>;
export const scannerViews = z.array(scannerView);

/** What a new tablet sends: the code as typed, and its public key with a signature by it (`enrolmentMessage`). */
export const claimScannerInput = z.object({
  code: freeText.max(40),
  /** 32 bytes, Ed25519. */
  publicKey: base64url.max(50),
  /** 64 bytes. */
  signature: base64url.max(100),
});

const listKey = z.object({ id: z.int(), publicKey: base64url });

/** What the comparison covers: whoever changes any of it on the way makes both screens differ. */
export const claimedScanner = z.object({
  scannerId: id,
  gamesId: z.string(),
  /** Whose lists the tablet takes at first; each list says whose it takes from then on. */
  listKeys: z.array(listKey),
  /** Whose passes it may ever trust is for the lists to say, of these and those that a list adds. */
  issuerKeys: z.array(listKey),
});
export type ClaimedScanner = z.output<typeof claimedScanner>;

/** What a tablet is told of itself, each time it checks in. */
export const scannerStanding = z.object({
  state: scannerState,
  name: z.string(),
  gate,
  competitionSessions: z.array(competitionSessionSummary),
  now: instant,
});
export type ScannerStanding = z.output<typeof scannerStanding>;

export const checkInInput = z.object({ report: scannerReport.nullable() });

/** Somebody at work with a tablet: from the sign-in with both factors until it ends, also without a network. */
export const shift = z.object({
  id,
  accountId: id,
  displayName: z.string(),
  role: z.enum(["staff", "supervisor", "admin"]),
  beganAt: instant,
  endsAt: instant,
  /** How many overrides a supervisor has in it; 0 for staff. */
  overrides: z.int(),
});
export type Shift = z.output<typeof shift>;
export const shiftIdInput = z.object({ shiftId: id });
