import { outcomes, refusalReasons, type Outcome, type ReasonCode } from "@tessera/contracts";
import { sameBytes } from "./bytes.ts";
import type { Pass } from "./pass.ts";
import type { EarlierScan, GatePolicy, Known, ListEntry, RefusalReason, Verdict } from "./policy.ts";
import { slotAt } from "./slot.ts";
import type { VerifiedCode } from "./verify.ts";

type Verified = Extract<VerifiedCode, { ok: true }>;
type ReadingFailure = Extract<VerifiedCode, { ok: false }>["reason"];

type Facts = {
  readonly verified: Verified;
  readonly pass: Pass;
  readonly entry: ListEntry | null;
  readonly policy: GatePolicy;
  readonly known: Known;
  readonly nowMs: number;
  readonly entering: boolean;
  readonly last: EarlierScan | undefined;
  readonly firstIn: EarlierScan | undefined;
};

/** True where a check fails. The order in which they run is that of `refusalReasons`. */
const failures: Readonly<Record<Exclude<RefusalReason, ReadingFailure | "bad_seal">, (facts: Facts) => boolean>> = {
  unknown_ticket: ({ entry }) => entry === null,
  revoked: ({ entry }) => entry?.state === "revoked",
  blocked: ({ entry }) => entry?.state === "blocked",
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
  wrong_competition_session: ({ pass, policy }) => pass.competitionSessionNumber !== policy.competitionSessionNumber,
  wrong_zone: ({ pass, policy }) => !policy.zones.includes(pass.zone),
  // Nobody is kept inside for the sake of a home gate.
  wrong_gate: ({ pass, policy, known, entering }) =>
    policy.categories?.includes(pass.category) === false ||
    (pass.wheelchair && policy.stepFree === false) ||
    (entering && policy.offlineAdmission === "home_gate" && known.cutOffFromHome === true),
  // Nobody is kept inside by a clock or a cancellation.
  session_cancelled: ({ entering, known }) => entering && known.competitionSessionCancelled,
  too_early: (facts) => facts.entering && facts.nowMs < windowOf(facts).fromMs,
  too_late: (facts) => facts.entering && facts.nowMs >= windowOf(facts).untilMs,
  bad_proof: ({ verified }) => verified.proof === "bad",
  stale_code: ({ verified, nowMs }) => {
    const { proof } = verified.code;
    return proof !== null && !(Math.abs(proof.slot - slotAt(nowMs)) <= 1);
  },
  list_too_old: ({ known, policy, nowMs }) =>
    known.listMadeAtMs === null || nowMs - known.listMadeAtMs > policy.maxListAgeMs,
  paper: ({ pass }) => pass.paper,
  already_inside: ({ entering, policy, last }) =>
    entering && policy.reentry === "after_exit" && last?.direction === "in",
  already_admitted: ({ entering, policy, firstIn }) => entering && policy.reentry === "never" && firstIn !== undefined,
  not_inside: ({ entering, last }) => !entering && last?.direction !== "in",
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
  const scans = known.earlier.toSorted((a, b) => a.atMs - b.atMs);
  const facts: Facts = {
    verified,
    pass,
    entry: known.entry?.ticketId === pass.ticketId ? known.entry : null,
    policy,
    known,
    nowMs,
    entering: policy.direction === "in",
    last: scans.at(-1),
    firstIn: scans.find((scan) => scan.direction === "in"),
  };
  const [reason, ...alsoFailed] = refusalReasons.filter((check) => isDecidedHere(check) && failures[check](facts));
  if (reason === undefined) {
    const good = facts.entering ? "admitted" : "exited";
    return { outcome: outcomeOf(good, policy), reason: good, alsoFailed, earlier: null };
  }
  const failed = [reason, ...alsoFailed];
  const inTheWay = failed.includes("already_inside")
    ? facts.last
    : failed.includes("already_admitted")
      ? facts.firstIn
      : null;
  const outcome =
    inTheWay?.byHand === true && repeats.has(reason)
      ? stricterOf("check", policy.stricter?.[reason])
      : outcomeOf(reason, policy, known.clockInDoubt);
  return { outcome, reason, alsoFailed, earlier: inTheWay ?? null };
}

const repeats: ReadonlySet<ReasonCode> = new Set(["already_inside", "already_admitted"]);

const toCheck: ReadonlySet<ReasonCode> = new Set(["unknown_ticket", "unlisted_pass", "list_too_old", "paper"]);
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

const isDecidedHere = (reason: RefusalReason): reason is keyof typeof failures => reason in failures;

const isSame = (digest: Uint8Array, listed: Uint8Array | null): boolean => listed !== null && sameBytes(digest, listed);

function agrees(pass: Pass, entry: ListEntry): boolean {
  return (
    pass.zone === entry.zone &&
    pass.category === entry.category &&
    pass.competitionSessionNumber === entry.competitionSessionNumber
  );
}

/** The list wins, so that a postponed competition session opens by its new time; the pass serves what it does not list. */
function windowOf({ entry, policy, pass }: Facts): GatePolicy["window"] {
  return entry === null ? { fromMs: pass.validFrom * 1000, untilMs: pass.validUntil * 1000 } : policy.window;
}
