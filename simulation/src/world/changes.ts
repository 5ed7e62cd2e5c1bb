import { blockTicket, type CoreContext } from "@tessera/core";
import { handOver, makeDevice, registerVisitor } from "@tessera/core/testing";
import type { Database } from "@tessera/db";
import { fromBase64url } from "@tessera/pass";
import { type Kysely, sql } from "kysely";
import { countWork } from "../time/real-work.ts";
import type { VirtualTime } from "../time/virtual-time.ts";
import { oldPass } from "./showings.ts";
import type { IssuedTicket, Visitor } from "./ticket.ts";
import type { Truth } from "./truth.ts";

type Staff = { readonly accountId: string };

/** What organisers and holders do to tickets while the gates are open. */
export class Changes {
  readonly #ctx: CoreContext;
  readonly #ownerDb: Kysely<Database>;
  readonly #time: VirtualTime;
  readonly #truth: Truth;
  readonly #admin: Staff;

  constructor(given: { ctx: CoreContext; ownerDb: Kysely<Database>; time: VirtualTime; truth: Truth; admin: Staff }) {
    this.#ctx = given.ctx;
    this.#ownerDb = given.ownerDb;
    this.#time = given.time;
    this.#truth = given.truth;
    this.#admin = given.admin;
  }

  /** An admin blocks it; nothing happens to one that was used. */
  async block({ ticketId }: IssuedTicket): Promise<void> {
    const done = await countWork(
      blockTicket(this.#ctx, this.#admin, { ticketId, note: "reported stolen" }).catch(() => null),
    );
    if (done !== null) this.#truth.change(ticketId, { kind: "blocked", atMs: this.#time.nowMs });
  }

  /** It is paid back, as rows: that the bank is asked is no matter of gates. */
  async cancel({ ticketId }: IssuedTicket): Promise<void> {
    const at = new Date(this.#time.nowMs);
    const { rows } = await countWork(
      sql<{ id: string }>`
        with gone as (
          update ticket set state = 'cancelled' where id = ${ticketId} and state = 'issued'
          returning competition_session_id, id, epoch)
        insert into ticket_event (competition_session_id, ticket_id, id, kind, epoch, at)
          select competition_session_id, id, gen_random_uuid(), 'cancelled', epoch, ${at}::timestamptz from gone
          returning ticket_id as id`.execute(this.#ownerDb),
    );
    if (rows.length > 0) this.#truth.change(ticketId, { kind: "cancelled", atMs: this.#time.nowMs });
  }

  /**
   * The holder activates it on another phone, or hands it to somebody who does. Gives whoever comes with the old phone, and
   * whoever comes with the new one; null for a ticket that was used.
   */
  async move(
    ticket: IssuedTicket,
    { toAnother }: { toAnother: boolean },
  ): Promise<{ old: Visitor; new: Visitor } | null> {
    const device = await makeDevice();
    const { ticketId, party } = ticket;
    let holder = party.holder;
    try {
      if (toAnother) {
        const receiver = await countWork(registerVisitor(this.#ctx));
        await countWork(handOver(this.#ctx, { giver: holder, receiver, ticketIds: [ticketId] }));
        holder = receiver;
      }
      const [activated] = await countWork(device.activate(this.#ctx, holder, [ticketId]));
      if (activated === undefined) return null;
      this.#truth.change(ticketId, { kind: "moved", atMs: this.#time.nowMs });
      const { clockErrorMs } = party;
      const moved: IssuedTicket = { ...ticket, pass: fromBase64url(activated.pass) };
      const code = (nowMs: number) => device.show(activated.pass, new Date(nowMs + clockErrorMs));
      return {
        old: { ticket, showing: oldPass(ticket), rightful: false },
        new: { ticket: moved, showing: { code, picturedAtMs: null, what: "live" }, rightful: true },
      };
    } catch (error) {
      // Whoever went in a moment before can hand over nothing.
      if (error instanceof Error && "code" in error) return null;
      throw error;
    }
  }
}
