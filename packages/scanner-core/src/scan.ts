import type { CompetitionSessionSummary, Gate, Outcome, ReasonCode, Verdict } from "@tessera/contracts";
import type { RefusalReason } from "@tessera/pass";

type NamedTicket = NonNullable<Verdict["ticket"]>;

/** What the person at the gate is told. */
export type ScanVerdict = {
  readonly outcome: Outcome;
  readonly reason: ReasonCode;
  /** What else the tablet found wrong: whoever takes a closer look must see it too. */
  readonly alsoFailed: readonly RefusalReason[];
  /** Who stands there; only the server knows the reference, and tickets of other competition sessions. */
  readonly ticket:
    | (Pick<NamedTicket, "holderName" | "kind" | "name" | "category" | "zone"> & {
        readonly reference: string | null;
        readonly competitionSession: CompetitionSessionSummary;
      })
    | null;
  /** The admission that this one would repeat, also where another reason comes first. */
  readonly first: { readonly at: string; readonly gate: Gate } | null;
};

export type ScanStatus =
  | { readonly status: "asking" }
  /** The tablet's definite no, or the server's answer. */
  | { readonly status: "decided"; readonly verdict: ScanVerdict }
  /** The tablet had refused, and now the server says that it lets in: a supervisor looks. The outcome is `check`. */
  | { readonly status: "contradicted"; readonly verdict: ScanVerdict }
  /**
   * No answer in time. The outcome is `check`, whatever the tablet thought (`verdict.reason`): a yes needs the server.
   * While `trying`, it is asked again by itself.
   */
  | { readonly status: "unconfirmed"; readonly verdict: ScanVerdict; readonly trying: boolean };

/** One reading of a code and what came of it. */
export type Scan = ScanStatus & {
  /** Names the scan for good: the same when the server is asked again. */
  readonly nonce: string;
  /** By the tablet's clock, which follows the server's; ISO 8601. */
  readonly scannedAt: string;
};

/** The server's answer. What the tablet found beside the same reason stays worth knowing. */
export function serverVerdict(verdict: Verdict, local: ScanVerdict): ScanVerdict {
  const { outcome, reason, ticket, first } = verdict;
  return { outcome, reason, ticket, first, alsoFailed: reason === local.reason ? local.alsoFailed : [] };
}

/**
 * The server's yes to an earlier scan of the ticket at this gate, whose answer was lost. It lets in nobody now: whoever
 * showed the code then may have gone in after a look at an identity document, so a person must look again.
 */
export function afterLostAdmission({ ticket, decidedAt }: Verdict, local: ScanVerdict, gate: Gate): ScanVerdict {
  const alsoFailed = isRefusal(local.reason) ? [local.reason, ...local.alsoFailed] : local.alsoFailed;
  return { outcome: "check", reason: "already_admitted", ticket, first: { at: decidedAt, gate }, alsoFailed };
}

const isRefusal = (reason: ReasonCode): reason is RefusalReason => reason !== "admitted" && reason !== "exited";

/**
 * The tablet had refused for good: that stays, with the details that only the server knows. Only if the server lets in,
 * it is a person's turn.
 */
export function afterRefusal(verdict: Verdict, local: ScanVerdict): ScanStatus {
  const detailed = { ...local, ticket: verdict.ticket ?? local.ticket, first: verdict.first ?? local.first };
  return verdict.outcome === "admit"
    ? { status: "contradicted", verdict: { ...detailed, outcome: "check" } }
    : { status: "decided", verdict: detailed };
}
