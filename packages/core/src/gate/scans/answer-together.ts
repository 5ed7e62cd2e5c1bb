import type { Facts, verdict } from "@tessera/contracts";
import type { Database } from "@tessera/db";
import type { Kysely, Transaction } from "kysely";
import { newId } from "../../ids.ts";
import { changeTickets } from "../../tickets/change-tickets.ts";
import { toGate } from "../gate.ts";
import { lockTickets } from "../passages/facts.queries.ts";
import { type AskedScan, insertAskedScans, insertPassages, type NewPassage } from "./ask-scan.queries.ts";
import { type Asked, decideAsked, isSameScan, sha256Of, toVerdict } from "./decide-asked.ts";
import {
  lockFreeTickets,
  type PassageRow,
  type ScannedTicket,
  type ScanNumber,
  selectPassages,
  selectScannedTickets,
  selectScansByNumber,
  type StoredScan,
} from "./scanned-ticket.queries.ts";
import { toTicket } from "./scanned-ticket.ts";

type Verdict = Facts<typeof verdict>;

/** A verdict; or what stands under the number already, of another scan. */
export type Answer = Verdict | { contradicts: StoredScan };

/** Somebody else has locked the ticket: nobody but who asks about it shall wait for that. */
export type Busy = "busy";

/** What became of one question, before it is written. */
type Decided = {
  asked: Asked;
  ticket: ScannedTicket | undefined;
  verdict: Verdict;
  scan: AskedScan;
  passage: NewPassage | null;
};

/** Whom a question is about; null where nothing that could be a ticket was read. */
const ticketIdOf = ({ verified, question }: Asked): string | null =>
  verified?.ok === true ? verified.code.pass.ticketId : question.ticketId;
const ticketIdsOf = (questions: readonly Asked[]) => questions.flatMap((asked) => ticketIdOf(asked) ?? []);
const numberOf = ({ scannerId, question: { number } }: Asked): ScanNumber => ({ scannerId, number });
const keyOf = ({ scannerId, number }: ScanNumber): string => `${scannerId} ${number}`;

/** Answers questions of many tablets, each as if it had come alone; it waits for nobody's lock. */
export async function answerTogether(
  db: Kysely<Database>,
  questions: readonly Asked[],
): Promise<readonly (Answer | Busy)[]> {
  const answers = new Map<Asked, Answer | Busy>();
  for (let left = questions; left.length > 0; left = left.filter((asked) => !answers.has(asked))) {
    const together = inNobodysWay(left);
    const found = await db.transaction().execute(async (trx) => {
      const { busy } = await lockFreeTickets(trx, ticketIdsOf(together));
      const isBusy = (asked: Asked): boolean => busy.has(ticketIdOf(asked) ?? "");
      const free = await answerEach(
        trx,
        together.filter((asked) => !isBusy(asked)),
      );
      return [...free, ...together.filter(isBusy).map((asked) => [asked, "busy"] as const)];
    });
    for (const [asked, answer] of found) answers.set(asked, answer);
  }
  return questions.flatMap((asked) => answers.get(asked) ?? []);
}

/** Answers one question, once its ticket is free. */
export async function answerAlone(db: Kysely<Database>, asked: Asked): Promise<Answer> {
  return db.transaction().execute(async (trx) => {
    await lockTickets(trx, ticketIdsOf([asked]));
    const answer = (await answerEach(trx, [asked])).get(asked);
    if (answer === undefined) throw new Error("a question was not answered");
    return answer;
  });
}

/** Of what waits, the first of each ticket and of each number: what comes of it is right for the second. */
function inNobodysWay(questions: readonly Asked[]): readonly Asked[] {
  const taken = new Set<string>();
  return questions.filter((asked) => {
    const keys = [keyOf(numberOf(asked)), ticketIdOf(asked) ?? []].flat();
    const isFree = !keys.some((key) => taken.has(key));
    for (const key of keys) taken.add(key);
    return isFree;
  });
}

/** Of different tickets, which are locked, and under different numbers. */
async function answerEach(trx: Transaction<Database>, questions: readonly Asked[]): Promise<Map<Asked, Answer>> {
  const ticketIds = ticketIdsOf(questions);
  const tickets = new Map((await selectScannedTickets(trx, ticketIds)).map((ticket) => [ticket.id, ticket]));
  const ticketOf = (asked: Asked): ScannedTicket | undefined => tickets.get(ticketIdOf(asked) ?? "");
  const answers = await answersBefore(trx, questions, ticketOf);
  const passages = Map.groupBy(await selectPassages(trx, ticketIds), ({ ticket_id }) => ticket_id);

  const decided = questions
    .filter((asked) => !answers.has(asked))
    .map((asked) => decideOne(asked, ticketOf(asked), passages.get(ticketIdOf(asked) ?? "") ?? []));
  const kept = new Set(
    (
      await insertAskedScans(
        trx,
        decided.map(({ scan }) => scan),
      )
    ).map(keyOf),
  );
  const isKept = ({ asked }: Decided): boolean => kept.has(keyOf(numberOf(asked)));
  await letThrough(trx, decided.filter(isKept));
  for (const one of decided.filter(isKept)) answers.set(one.asked, one.verdict);

  // A code that names no ticket takes no lock: the same number can come twice at once.
  const late = decided.filter((one) => !isKept(one)).map(({ asked }) => asked);
  for (const [asked, answer] of await answersBefore(trx, late, ticketOf)) answers.set(asked, answer);
  if (answers.size < questions.length) throw new Error("a scan neither went in nor was there");
  return answers;
}

/** What stands already under the numbers of some of these. */
async function answersBefore(
  trx: Transaction<Database>,
  questions: readonly Asked[],
  ticketOf: (asked: Asked) => ScannedTicket | undefined,
): Promise<Map<Asked, Answer>> {
  if (questions.length === 0) return new Map();
  const stored = new Map(
    (await selectScansByNumber(trx, questions.map(numberOf))).map((scan) => [
      keyOf({ scannerId: scan.scanner_id ?? "", number: scan.number ?? 0 }),
      scan,
    ]),
  );
  return new Map(
    questions.flatMap((asked): [Asked, Answer][] => {
      const before = stored.get(keyOf(numberOf(asked)));
      if (before === undefined) return [];
      return [
        [asked, isSameScan(before, asked.question) ? toVerdict(before, ticketOf(asked)) : { contradicts: before }],
      ];
    }),
  );
}

function decideOne(asked: Asked, ticket: ScannedTicket | undefined, passages: readonly PassageRow[]): Decided {
  const { ctx, scannerId, question, place, verified } = asked;
  const now = ctx.clock();
  const { outcome, reason, inTheWay } = decideAsked(asked, { ticket, passages, now });
  const through = outcome === "admit" && ticket !== undefined ? ticket : null;
  const first = inTheWay === undefined ? null : { at: inTheWay.at, gate: toGate(inTheWay) };
  const said = { outcome, reason, ticket: ticket === undefined ? null : toTicket(ticket), first, decidedAt: now };
  const scan: AskedScan = {
    id: newId(ctx),
    scannerId,
    accountId: place.account_id,
    question,
    ticketId: verified === null ? question.ticketId : (ticket?.id ?? null),
    codeSha256: sha256Of(question.code),
    proofSlot: verified?.ok && verified.proof === "good" ? (verified.code.proof?.slot ?? null) : null,
    passEpoch: verified?.ok ? verified.code.pass.epoch : null,
    outcome,
    reason,
    // What is let in by a code alone was looked at as closely as its record will be.
    finding: through === null ? null : "good",
    through: through !== null,
    first,
    now,
  };
  if (through === null) return { asked, ticket, verdict: said, scan, passage: null };
  const { direction, gateId } = question;
  const ordinals = passages.filter((passage) => passage.direction === direction).map(({ ordinal }) => ordinal);
  const passage = {
    competitionSessionId: through.competition_session_id,
    ticketId: through.id,
    direction,
    ordinal: 1 + Math.max(0, ...ordinals),
    scanId: scan.id,
    gateId,
    at: now,
  };
  return { asked, ticket, verdict: said, scan, passage };
}

async function letThrough(trx: Transaction<Database>, decided: readonly Decided[]): Promise<void> {
  const [first] = decided;
  if (first === undefined) return;
  await insertPassages(
    trx,
    decided.flatMap(({ passage }) => passage ?? []),
  );
  const admitted = decided.flatMap(({ ticket, passage }) =>
    ticket?.state === "issued" && passage?.direction === "in"
      ? [
          {
            id: ticket.id,
            competitionSessionId: ticket.competition_session_id,
            state: ticket.state,
            epoch: ticket.epoch,
          },
        ]
      : [],
  );
  await changeTickets(first.asked.ctx, trx, admitted, { state: "admitted", at: first.scan.now });
}
