import type { Facts, ScanQuestion, verdict } from "@tessera/contracts";
import { readCode, type VerifiedCode, verifyCode } from "@tessera/pass";
import type { CoreContext } from "../../context.ts";
import { CodedError } from "../../errors.ts";
import { gathered } from "../../gathered.ts";
import { loadOrganiserKeys, type OrganiserKeys } from "../../keys/organiser-keys.ts";
import { keepContradictions } from "../incidents/tablet-incidents.ts";
import { gatePolicyOf } from "../policy/gate-policy.ts";
import type { EnrolledScanner } from "../scanners/scanner.ts";
import { answerAlone, answerTogether } from "./answer-together.ts";
import type { Asked, Place } from "./decide-asked.ts";
import { lookUpPlace } from "./place-lookups.queries.ts";
import { lockRecords } from "./records.queries.ts";
import type { StoredScan } from "./scanned-ticket.queries.ts";

type AskContext = Asked["ctx"];

/**
 * Those who are asked about in one moment are answered by one transaction: what it costs is the way to the database. It waits
 * for no lock, so that one ticket that somebody holds on to keeps nobody else at a gate.
 */
const answer = gathered(answerTogether);

/**
 * Answers a tablet while a person waits: decides by the newest that the server knows, and keeps the scan. The same `decide`
 * as on the tablet; the server adds the seal, which only it can check. An admission locks the ticket, and so one of many
 * wins. The same number gives the same answer again; one whose record has come already is answered by that record.
 *
 * Errors: `competition_session_not_assigned`, `gate_not_in_venue`, `shift_over`, and `conflict` for a number that came with
 * another scan, which becomes an incident as well. A code that is no good is a verdict, never an error.
 */
export async function askScan(
  ctx: AskContext,
  scanner: EnrolledScanner,
  question: ScanQuestion,
): Promise<Facts<typeof verdict>> {
  const { scannerId } = scanner;
  const [place, { reentry, maxListAgeSeconds }, keys] = await Promise.all([
    findPlace(ctx, scanner, question),
    gatePolicyOf(ctx, ctx.db, question.competitionSessionId),
    loadOrganiserKeys(ctx),
  ]);
  const verified = question.code === null ? null : await verify(ctx, keys, question.code);
  const policy = { reentry, maxListAgeMs: maxListAgeSeconds * 1000 };
  const asked = { ctx, scannerId, question, place, policy, keys, verified };
  const atOnce = await answer(ctx.db, asked);
  const answered = atOnce === "busy" ? await answerAlone(ctx.db, asked) : atOnce;
  if (!("contradicts" in answered)) return answered;
  await tellContradiction(ctx, scannerId, question.number, answered.contradicts);
  throw new CodedError("conflict");
}

function tellContradiction(ctx: AskContext, scannerId: string, number: number, stored: StoredScan): Promise<void> {
  const { id: scanId, competition_session_id: competitionSessionId } = stored;
  return ctx.db.transaction().execute(async (trx) => {
    await lockRecords(trx, scannerId);
    await keepContradictions(ctx, trx, [{ scannerId, number, competitionSessionId, scanId }], ctx.clock());
  });
}

async function findPlace(
  ctx: Pick<CoreContext, "db" | "clock">,
  { scannerId, competitionSessionIds }: EnrolledScanner,
  { competitionSessionId, gateId, shiftId }: ScanQuestion,
): Promise<Place> {
  if (!competitionSessionIds.includes(competitionSessionId)) throw new CodedError("competition_session_not_assigned");
  const place = await lookUpPlace(ctx.db, { competitionSessionId, gateId, shiftId, scannerId });
  if (place === undefined) throw new CodedError("competition_session_not_assigned");
  const { zones, account_id, shift_ends_at, shift_ended_at } = place;
  if (zones === null) throw new CodedError("gate_not_in_venue");
  const isOpen = shift_ends_at !== null && ctx.clock() < shift_ends_at && shift_ended_at === null;
  if (account_id === null || !isOpen) throw new CodedError("shift_over");
  return { ...place, zones, account_id };
}

function verify(ctx: Pick<CoreContext, "clock" | "policy">, keys: OrganiserKeys, code: string): Promise<VerifiedCode> {
  const issuerKeys = new Map(keys.issuerPublicKeys(ctx.clock()).map((key) => [key.id, key]));
  return verifyCode(readCode(code), issuerKeys, ctx.policy.gamesId);
}
