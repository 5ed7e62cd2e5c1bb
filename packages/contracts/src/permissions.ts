import { type Audience, audiences } from "./audiences.ts";
import { type Role, roles } from "./role-names.ts";

// No schema in this file: the apps ask it what to show.

/** Who may call a procedure. */
export type Permission = {
  /**
   * How far one must be with signing in: not at all; by password or further; owing a first factor, or signed in and
   * stepped up; signed in with both factors.
   */
  standing: "anyone" | "half_signed_in" | "enrolling" | "signed_in";
  /** From which apps. */
  audiences: readonly Audience[];
  roles: readonly Role[];
  /** Whether the second factor must have been shown a short while ago: for what costs or grants something. */
  stepUp: boolean;
  /** Which tablet must have signed the request: an enrolled one, or one that only asks what has become of itself. */
  scanner?: "enrolled" | "known";
};

const everywhere = { audiences, roles, stepUp: false } as const;
const anyone = { standing: "anyone", ...everywhere } as const satisfies Permission;
const anyoneInTheShop = { ...anyone, audiences: ["shop"] } as const satisfies Permission;
const halfSignedIn = { standing: "half_signed_in", ...everywhere } as const satisfies Permission;
const enrolling = { standing: "enrolling", ...everywhere } as const satisfies Permission;
const signedIn = { standing: "signed_in", ...everywhere } as const satisfies Permission;
const visitor = { ...signedIn, audiences: ["shop"] } as const satisfies Permission;
const staff = {
  standing: "signed_in",
  audiences: ["scanner"],
  roles: ["staff", "supervisor", "admin"],
  stepUp: false,
} as const satisfies Permission;
const admin = {
  standing: "signed_in",
  audiences: ["admin"],
  roles: ["admin"],
  stepUp: false,
} as const satisfies Permission;
/** Supervisors and admins, in the dashboard. */
const supervisor = { ...admin, roles: ["supervisor", "admin"] } as const satisfies Permission;
const tablet = { ...anyone, audiences: ["scanner"], scanner: "enrolled" } as const satisfies Permission;
const steppedUp = (base: Permission): Permission => ({ ...base, stepUp: true });

/**
 * Every procedure of the merged router with who may call it. The base procedures of `api` look here before anything else
 * happens; one that has no row answers nobody.
 */
export const permissions = {
  "auth.accounts.me": anyone,
  "auth.accounts.signIn": anyone,
  "auth.accounts.signOut": anyone,
  "auth.accounts.setLocale": signedIn,

  "auth.registration.begin": anyoneInTheShop,
  "auth.registration.checkCode": anyoneInTheShop,
  "auth.registration.register": anyoneInTheShop,

  "auth.passwords.requestReset": anyone,
  "auth.passwords.reset": anyone,
  "auth.passwords.change": enrolling,

  "auth.factors.list": signedIn,
  "auth.factors.beginTotpEnrolment": enrolling,
  "auth.factors.confirmTotpEnrolment": enrolling,
  "auth.factors.removeTotp": steppedUp(signedIn),
  "auth.factors.beginPasskeyEnrolment": enrolling,
  "auth.factors.confirmPasskeyEnrolment": enrolling,
  "auth.factors.renamePasskey": signedIn,
  "auth.factors.removePasskey": steppedUp(signedIn),
  "auth.factors.replaceRecoveryCodes": steppedUp(signedIn),
  "auth.factors.verifyTotp": halfSignedIn,
  "auth.factors.verifyRecoveryCode": halfSignedIn,
  "auth.factors.beginPasskeyVerification": halfSignedIn,
  "auth.factors.verifyPasskey": halfSignedIn,
  "auth.factors.beginPasskeySignIn": anyone,
  "auth.factors.signInWithPasskey": anyone,
  // For employees two admins do it.
  "auth.factors.requestReset": { ...halfSignedIn, roles: ["visitor"] },
  "auth.factors.cancelReset": anyone,
  "auth.factors.completeReset": anyone,

  "auth.authSessions.list": signedIn,
  "auth.authSessions.end": steppedUp(signedIn),
  "auth.authSessions.endOthers": steppedUp(signedIn),

  "auth.email.pendingChange": signedIn,
  "auth.email.requestChange": steppedUp(signedIn),
  "auth.email.confirmChange": anyone,
  "auth.email.withdrawChange": signedIn,

  "auth.personalData.download": steppedUp(visitor),
  "auth.personalData.deleteAccount": steppedUp(visitor),

  "auth.invitations.read": anyone,
  "auth.invitations.accept": anyone,

  "tickets.catalogue.programme": anyone,
  "tickets.catalogue.competitionSession": anyone,
  "tickets.sales.reserve": visitor,
  "tickets.sales.availability": visitor,
  "tickets.sales.order": visitor,
  "tickets.sales.orders": visitor,
  "tickets.sales.cancelOrder": visitor,
  "tickets.sales.startPayment": steppedUp(visitor),
  "tickets.tickets.mine": visitor,
  "tickets.tickets.serverTime": anyone,
  "tickets.tickets.activationChallenges": steppedUp(visitor),
  "tickets.tickets.activate": steppedUp(visitor),
  "tickets.tickets.print": steppedUp(visitor),
  "tickets.tickets.nameCompanion": visitor,
  "tickets.handOvers.list": visitor,
  "tickets.handOvers.offer": steppedUp(visitor),
  "tickets.handOvers.accept": visitor,
  "tickets.handOvers.refuse": visitor,
  "tickets.handOvers.takeBack": visitor,

  "admin.catalogue.offers": admin,
  "admin.catalogue.offer": admin,
  "admin.catalogue.createOffer": admin,
  "admin.catalogue.updateOffer": steppedUp(admin),
  "admin.catalogue.publishOffer": steppedUp(admin),
  "admin.catalogue.withdrawOffer": steppedUp(admin),
  "admin.catalogue.competitionSession": admin,
  "admin.catalogue.changeHandOver": steppedUp(admin),
  "admin.catalogue.cancelCompetitionSession": steppedUp(admin),
  "admin.catalogue.seatPools": admin,
  "admin.catalogue.changeCapacity": steppedUp(admin),
  "admin.catalogue.capacityChanges": admin,
  "admin.catalogue.approveCapacityChange": steppedUp(admin),
  "admin.catalogue.rejectCapacityChange": steppedUp(admin),
  "admin.sales.summary": admin,
  "admin.sales.byOffer": admin,
  "admin.sales.byCompetitionSession": admin,
  "admin.sales.orders": admin,
  "admin.sales.order": admin,
  "admin.sales.refundTickets": steppedUp(admin),
  "admin.sales.retryRefund": steppedUp(admin),
  "admin.tickets.block": steppedUp(admin),
  "admin.tickets.unblock": steppedUp(admin),
  "admin.sales.settings": admin,
  "admin.sales.changeSettings": steppedUp(admin),
  "admin.staff.list": admin,
  "admin.staff.invite": steppedUp(admin),
  "admin.staff.revokeInvitation": admin,
  "admin.staff.disable": steppedUp(admin),
  "admin.staff.enable": steppedUp(admin),
  "admin.staff.changeRole": steppedUp(admin),
  "admin.staff.requestFactorReset": steppedUp(admin),
  "admin.staff.cancelFactorReset": admin,
  "admin.staff.approveFactorReset": steppedUp(admin),
  "admin.audit.entries": admin,

  "admin.scanners.choices": supervisor,
  "admin.scanners.list": supervisor,
  "admin.scanners.invite": steppedUp(supervisor),
  "admin.scanners.confirm": steppedUp(supervisor),
  "admin.scanners.refuse": supervisor,
  "admin.scanners.assign": steppedUp(supervisor),
  "admin.scanners.revoke": supervisor,
  "admin.gate.competitionSessions": supervisor,
  "admin.gate.policy": supervisor,
  "admin.gate.changePolicy": steppedUp(admin),
  "admin.gate.counts": supervisor,
  "admin.gate.live": supervisor,
  "admin.gate.incidents": supervisor,
  "admin.gate.incident": supervisor,
  "admin.gate.closeIncident": supervisor,

  "validation.scanners.claim": { ...anyone, audiences: ["scanner"] },
  "validation.scanners.checkIn": { ...tablet, scanner: "known" },
  "validation.shifts.begin": { ...staff, scanner: "enrolled" },
  "validation.shifts.end": tablet,
  "validation.gate.listPart": tablet,
  "validation.gate.ask": tablet,
  "validation.gate.upload": tablet,
} as const satisfies Record<string, Permission>;

export type ProcedurePath = keyof typeof permissions;
