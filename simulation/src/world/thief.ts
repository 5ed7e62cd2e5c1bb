import type { Random } from "@tessera/chaos/random";
import type { DecisionRecord, ScanRecord, SignedRecord, TabletRecord } from "@tessera/contracts";
import { recordMessage, slotAt, toBase64url } from "@tessera/pass";
import type { Venue } from "../stage/venue.ts";
import type { Door } from "../tablets/transport.ts";
import { codeOf } from "./showings.ts";
import type { IssuedTicket } from "./ticket.ts";

/** What a thief has: a tablet that is enrolled, with its key, its shift, and all codes that were read on it. */
export type Loot = {
  readonly scannerId: string;
  readonly gateId: string;
  readonly shiftId: string;
  readonly sign: (bytes: Uint8Array) => Promise<Uint8Array>;
  /** The first number that its journal has not used. */
  readonly nextNumber: number;
  /** Codes that people showed to it, with when that was. */
  readonly captured: readonly { readonly code: string; readonly atMs: number }[];
};

type Lie = (number: number) => Promise<readonly SignedRecord[]>;

/** Uploads lies for as long as anybody lets it. Whatever the server says yes to when asked is kept in `admitted`. */
export class Thief {
  readonly #loot: Loot;
  readonly #venue: Venue;
  readonly #tickets: readonly IssuedTicket[];
  readonly #random: Random;
  readonly #door: Door;
  readonly #nowMs: () => number;
  #number: number;
  /** Questions that the server answered with a yes. */
  readonly admitted: string[] = [];
  /** How many lies were sent. */
  lies = 0;
  /** How many the server heard no more, once it knew. */
  turnedAway = 0;

  constructor(
    loot: Loot,
    given: {
      venue: Venue;
      tickets: readonly IssuedTicket[];
      random: Random;
      door: Door;
      nowMs: () => number;
    },
  ) {
    this.#loot = loot;
    this.#venue = given.venue;
    this.#tickets = given.tickets;
    this.#random = given.random;
    this.#door = given.door;
    this.#nowMs = given.nowMs;
    this.#number = loot.nextNumber;
  }

  /** Tells one lie. */
  async lie(): Promise<void> {
    const tell = this.#random.pick([
      this.#madeUp,
      this.#replayed,
      this.#byHand,
      this.#againstTheScreen,
      this.#underAnUsedNumber,
      this.#withAGap,
      this.#inAnothersName,
    ]);
    this.lies += 1;
    try {
      if (this.#random.chance(0.3)) await this.#ask();
      await this.#door.upload(await tell(this.#take()));
    } catch {
      this.turnedAway += 1;
    }
  }

  /** Shows the server an old code, or one that it made up, to be told that somebody may go in. */
  async #ask(): Promise<void> {
    const { gateId, shiftId } = this.#loot;
    const code = this.#random.chance(0.5) ? this.#old()?.code : await this.#forged();
    const number = this.#take();
    const { competitionSessionId } = this.#venue;
    const at = this.#at(this.#nowMs());
    const where = { number, shiftId, at, competitionSessionId, gateId, direction: "in", means: "camera" } as const;
    const answer = await this.#door.ask({ ...where, code: code ?? "TSR1:", ticketId: null });
    if (answer.outcome === "admit") this.admitted.push(`${number}: ${answer.reason}`);
  }

  /** Somebody else's ticket, let in by a code that was never shown. */
  readonly #madeUp: Lie = async (number) => [await this.#scan(number, { code: await this.#forged() })];

  /** A code that somebody did show, long ago. */
  readonly #replayed: Lie = async (number) => [await this.#scan(number, { code: this.#old()?.code ?? "TSR1:" })];

  /** Somebody who was looked up, and let in. */
  readonly #byHand: Lie = async (number) => {
    const { ticketId } = this.#random.pick(this.#tickets);
    const shown = { outcome: "check", reason: "looked_up", shown: "check" } as const;
    const scan = await this.#scan(number, { means: "search", code: null, ticketId, ...shown });
    return [scan, await this.#decision(number, { override: false })];
  };

  /** A refusal that nobody may overrule: the shift is no supervisor's. */
  readonly #againstTheScreen: Lie = async (number) => {
    const shown = { outcome: "refuse", reason: "bad_proof", shown: "refuse" } as const;
    const scan = await this.#scan(number, { code: await this.#forged(), ...shown });
    return [scan, await this.#decision(number, { override: true })];
  };

  /** Something else than what the journal said before. */
  readonly #underAnUsedNumber: Lie = async () => [
    await this.#scan(1 + Math.floor(this.#random.next() * (this.#loot.nextNumber - 1)), { code: await this.#forged() }),
  ];

  readonly #withAGap: Lie = async () => {
    this.#number += 100;
    return [await this.#scan(this.#take(), { code: await this.#forged() })];
  };

  /** Signed by nobody whom the server knows. */
  readonly #inAnothersName: Lie = async (number) => {
    const { body } = await this.#scan(number, { code: await this.#forged() });
    return [{ body, signature: toBase64url(new Uint8Array(64)) }];
  };

  #old(): Loot["captured"][number] | undefined {
    // Half an hour: no clock that anybody believes is so far off.
    const old = this.#loot.captured.filter(({ atMs }) => this.#nowMs() - atMs > 1_800_000);
    return old.length === 0 ? undefined : this.#random.pick(old);
  }

  /** The pass of a ticket, with a proof that another phone made. */
  async #forged(): Promise<string> {
    const [victim, other] = [this.#random.pick(this.#tickets), this.#random.pick(this.#tickets)];
    const { device } = other.party;
    if (device === null || victim.party.device === device) return `TSR1:${slotAt(this.#nowMs())}`;
    return codeOf({ ...victim, party: { ...victim.party, device } }, this.#nowMs());
  }

  #scan(number: number, other: Partial<ScanRecord>): Promise<SignedRecord> {
    const { gateId, shiftId } = this.#loot;
    return this.#signed({
      kind: "scan",
      number,
      shiftId,
      at: this.#at(this.#nowMs()),
      competitionSessionId: this.#venue.competitionSessionId,
      gateId,
      direction: "in",
      means: "camera",
      code: null,
      ticketId: null,
      outcome: "admit",
      reason: "admitted",
      shown: "admit",
      confirmed: false,
      listNumber: null,
      cutOff: true,
      clockInDoubt: false,
      ...other,
    });
  }

  #decision(scan: number, { override }: Pick<DecisionRecord, "override">): Promise<SignedRecord> {
    const { shiftId } = this.#loot;
    const note = override ? "because I say so" : null;
    const at = this.#at(this.#nowMs());
    return this.#signed({ kind: "decision", number: this.#take(), shiftId, at, scan, admit: true, override, note });
  }

  async #signed(record: TabletRecord): Promise<SignedRecord> {
    const body = JSON.stringify(record);
    const signature = await this.#loot.sign(await recordMessage(this.#loot.scannerId, body));
    return { body, signature: toBase64url(signature) };
  }

  #at(ms: number): string {
    return new Date(ms).toISOString();
  }

  #take(): number {
    this.#number += 1;
    return this.#number - 1;
  }
}
