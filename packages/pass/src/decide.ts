import { outcomes, refusalReasons, type Outcome, type ReasonCode } from "@tessera/contracts";
import { sameBytes } from "./bytes.ts";
import type { Pass } from "./pass.ts";
import type { EarlierScan, GatePolicy, Known, ListEntry, RefusalReason, Verdict } from "./policy.ts";
import { slotAt } from "./slot.ts";
import type { VerifiedCode } from "./verify.ts";

type Verified = Extract<VerifiedCode, { ok: true }>;
type ReadingFailure = Extract<VerifiedCode, { ok: false }>["reason"];

/** Who wants to go through: by the pass, or by the list for somebody who was looked up. */
type Subject = Pick<Pass, "competitionSessionNumber" | "zone" | "category" | "wheelchair">;

/** What is known without looking at a code. */
type Situation = {
  readonly subject: Subject;
  readonly window: GatePolicy["window"];
  readonly entry: ListEntry | null;
  readonly policy: GatePolicy;
  readonly known: Known;
  readonly nowMs: number;
  readonly entering: boolean;
  readonly last: EarlierScan | undefined;
  readonly firstIn: EarlierScan | undefined;
};

type Facts = Situation & { readonly verified: Verified; readonly pass: Pass };

type DecidedHere = Exclude<RefusalReason, ReadingFailure | "bad_seal" | "looked_up">;
type AboutTheCode =
  | "unknown_ticket"
  | "superseded"
  | "not_current_pass"
  | "unlisted_pass"
  | "bad_proof"
  | "stale_code"
  | "paper";

// True where a check fails. The order in which they run is that of `refusalReasons`.
const situationFailures: Readonly<Record<Exclude<DecidedHere, AboutTheCode>, (situation: Situation) => boolean>> = {
  revoked: ({ entry }) => entry?.state === "revoked",
  blocked: ({ entry }) => entry?.state === "blocked",
  wrong_competition_session: ({ subject, policy }) =>
    subject.competitionSessionNumber !== policy.competitionSessionNumber,
  wrong_zone: ({ subject, policy }) => !policy.zones.includes(subject.zone),
  // Nobody is kept inside for the sake of a home gate.
  wrong_gate: ({ subject, policy, known, entering }) =>
    policy.categories?.includes(subject.category) === false ||
    (subject.wheelchair && policy.stepFree === false) ||
    (entering && policy.offlineAdmission === "home_gate" && known.cutOffFromHome === true),
  // Nobody is kept inside by a clock, a cancellation or a list.
  session_cancelled: ({ entering, known }) => entering && known.competitionSessionCancelled,
  too_early: ({ entering, nowMs, window }) => entering && nowMs < window.fromMs,
  too_late: ({ entering, nowMs, window }) => entering && nowMs >= window.untilMs,
  list_too_old: ({ entering, known, policy, nowMs }) =>
    entering && (known.listMadeAtMs === null || nowMs - known.listMadeAtMs > policy.maxListAgeMs),
  already_inside: ({ entering, policy, last }) =>
    entering && policy.reentry === "after_exit" && last?.direction === "in",
  already_admitted: ({ entering, policy, firstIn }) => entering && policy.reentry === "never" && firstIn !== undefined,
  not_inside: ({ entering, last }) => !entering && last?.direction !== "in",
};

const codeFailures: Readonly<Record<AboutTheCode, (facts: Facts) => boolean>> = {
  unknown_ticket: ({ entry }) => entry === null,
  superseded: ({ pass, entry }) => entry !== null && pass.epoch < entry.epoch,
  not_current_pass: ({ verified, pass, entry }) =>
    entry !== null &&
    pass.epoch === entry.epoch &&
    !(isSame(verified.passDigest, entry.passDigest) && agrees(pass, entry)),
  // A list made before the activation knows only the next token. Zone, category and competition session must agree all
  // the same: else the owner of one cheap ticket and a stolen issuer key could make a dear one of it.
  unlisted_pass: ({ verified, pass, entry }) =>
    entry !== null &&
    pass.epoch > entry.epoch &&
    (verified.issuerCompromised ||
      pass.epoch !== entry.epoch + 1 ||
      !isSame(verified.tokenDigest, entry.nextTokenDigest) ||
      !agrees(pass, entry)),
  bad_proof: ({ verified }) => verified.proof === "bad",
  stale_code: ({ verified, nowMs }) => {
    const { proof } = verified.code;
    return proof !== null && !(Math.abs(proof.slot - slotAt(nowMs)) <= 1);
  },
  paper: ({ pass }) => pass.paper,
};

/**
 * Decides on one scan: pure, synchronous, total, and the same on server and tablet. The checks run in the fixed order of
 * `refusalReasons`, and the first that fails is the answer; `alsoFailed` tells the rest. The seal is not checked here:
 * only the server can, and its `bad_seal` beats any answer but a refusal.
 *
 * @param verified what `verifyCode` gave, failures included
 * @param known what is known of the ticket; for a code that could not be read, its `entry` is `null`
 * @param nowMs the reader's clock, unix milliseconds
 */
export function decide(verified: VerifiedCode, policy: GatePolicy, known: Known, nowMs: number): Verdict {
  if (!verified.ok) {
    return { outcome: outcomeOf(verified.reason, policy), reason: verified.reason, alsoFailed: [], earlier: null };
  }
  const { pass } = verified.code;
  const entry = known.entry?.ticketId === pass.ticketId ? known.entry : null;
  // The list wins, so that a postponed competition session opens by its new time; the pass serves what it does not list.
  const window = entry === null ? { fromMs: pass.validFrom * 1000, untilMs: pass.validUntil * 1000 } : policy.window;
  const situation = situationOf({ subject: pass, window, entry, policy, known, nowMs });
  const facts: Facts = { ...situation, verified, pass };
  const failed = refusalReasons.filter(
    (reason) =>
      (isAboutTheCode(reason) && codeFailures[reason](facts)) ||
      (isAboutTheSituation(reason) && situationFailures[reason](facts)),
  );
  return toVerdict(failed, facts.entering ? "admitted" : "exited", situation);
}

/**
 * Decides on somebody who shows no code and was found by name or reference. Every check runs that needs no code; where none
 * fails, the outcome is a check, `looked_up`: a person compares an identity document, whatever else is right.
 *
 * @param entry the ticket that was found, which also `known` is about
 * @param nowMs the reader's clock, unix milliseconds
 */
export function decideLookUp(entry: ListEntry, policy: GatePolicy, known: Known, nowMs: number): Verdict {
  const subject = { ...entry, wheelchair: false };
  const situation = situationOf({ subject, window: policy.window, entry, policy, known, nowMs });
  const failed = refusalReasons.filter((reason) => isAboutTheSituation(reason) && situationFailures[reason](situation));
  return toVerdict(failed, "looked_up", situation);
}

function situationOf(given: Omit<Situation, "entering" | "last" | "firstIn">): Situation {
  const scans = given.known.earlier.toSorted((a, b) => a.atMs - b.atMs);
  return {
    ...given,
    entering: given.policy.direction === "in",
    last: scans.at(-1),
    firstIn: scans.find(({ direction }) => direction === "in"),
  };
}

/** @param otherwise the reason where nothing failed */
function toVerdict(
  failed: readonly RefusalReason[],
  otherwise: ReasonCode,
  { policy, known, last, firstIn }: Situation,
): Verdict {
  const [reason, ...alsoFailed] = failed;
  if (reason === undefined) {
    return { outcome: outcomeOf(otherwise, policy), reason: otherwise, alsoFailed, earlier: null };
  }
  const inTheWay = failed.includes("already_inside") ? last : failed.includes("already_admitted") ? firstIn : null;
  const outcome =
    inTheWay?.byHand === true && repeats.has(reason)
      ? stricterOf("check", policy.stricter?.[reason])
      : outcomeOf(reason, policy, known.clockInDoubt);
  return { outcome, reason, alsoFailed, earlier: inTheWay ?? null };
}

const repeats: ReadonlySet<ReasonCode> = new Set(["already_inside", "already_admitted"]);
const toCheck: ReadonlySet<ReasonCode> = new Set([
  "unknown_ticket",
  "unlisted_pass",
  "list_too_old",
  "paper",
  "looked_up",
  // An exit at a gate that is cut off may not have been heard yet.
  "already_inside",
  "not_inside",
]);
const byTheClock: ReadonlySet<ReasonCode> = new Set(["too_early", "too_late", "stale_code"]);

/**
 * The outcome of a reason: the default, or the policy's if that is stricter. What only a doubtful clock refuses is always
 * a check, whatever the policy: a wrong clock must not turn a whole queue away.
 */
export function outcomeOf(reason: ReasonCode, policy: GatePolicy, clockInDoubt = false): Outcome {
  if (clockInDoubt && byTheClock.has(reason)) return "check";
  const usual = reason === "admitted" || reason === "exited" ? "admit" : toCheck.has(reason) ? "check" : "refuse";
  return stricterOf(usual, policy.stricter?.[reason]);
}

function stricterOf(usual: Outcome, asked: Outcome = usual): Outcome {
  return outcomes.indexOf(asked) > outcomes.indexOf(usual) ? asked : usual;
}

const isAboutTheCode = (reason: RefusalReason): reason is AboutTheCode => reason in codeFailures;

const isAboutTheSituation = (reason: RefusalReason): reason is keyof typeof situationFailures =>
  reason in situationFailures;

const isSame = (digest: Uint8Array, listed: Uint8Array | null): boolean => listed !== null && sameBytes(digest, listed);

function agrees(pass: Pass, entry: ListEntry): boolean {
  return (
    pass.zone === entry.zone &&
    pass.category === entry.category &&
    pass.competitionSessionNumber === entry.competitionSessionNumber
  );
}
