import type { Database } from "@tessera/db";
import type { Kysely } from "kysely";
import { checkIn } from "../gate/scanners/check-in.ts";
import { claimScanner } from "../gate/scanners/claim-scanner.ts";
import { inviteScanner } from "../gate/scanners/invite-scanner.ts";
import { listScannerChoices, listScanners } from "../gate/scanners/list-scanners.ts";
import { readKnownScanner } from "../gate/scanners/read-enrolled-scanner.ts";
import { confirmScanner } from "../gate/scanners/settle-scanner.ts";
import { ensureOrganiserKeys } from "../keys/organiser-keys.ts";
import type { Actor } from "../ports.ts";
import { registerVisitor } from "./accounts.ts";
import { stockProgramme } from "./catalogue.ts";
import { testRequester } from "./requester.ts";
import { claimOf, makeTabletKey } from "./tablets.ts";
import { testContext } from "./test-context.ts";

/** Two venues, a supervisor and an admin, and what tablets and people do until a tablet is enrolled. */
export async function enrolmentWorld(db: Kysely<Database>) {
  const { ctx, clock } = testContext({ db });
  await ensureOrganiserKeys(ctx);
  await stockProgramme(ctx, [{}, { code: "ATH02" }, { code: "SWM01", venueCode: "POOL", venue: "Pool" }]);
  const supervisor = await registerVisitor(ctx, "supervisor");
  const choices = await listScannerChoices(ctx);
  const at = (code: string) =>
    choices.find(({ competitionSessions }) => competitionSessions.some((one) => one.code === code));
  const [gateId = "", otherGateId = ""] = at("ATH01")?.gates.map(({ id }) => id) ?? [];
  const assignment = {
    name: "Porte A, tablette 1",
    gateId,
    competitionSessionIds: at("ATH01")?.competitionSessions.map(({ id }) => id) ?? [],
  };

  const invite = (by: Actor = supervisor) => inviteScanner(ctx, by, assignment);
  // Each from a network of its own: what limits guessing has a test of its own.
  let networks = 0;
  const claim = (sent: Parameters<typeof claimScanner>[1]) =>
    claimScanner(ctx, sent, { ...testRequester, address: `10.1.${(networks += 1)}.1` });
  const known = async (scannerId: string) => {
    const scanner = await readKnownScanner(ctx, { scannerId });
    if (scanner === undefined) throw new Error("a tablet that nobody knows");
    return scanner;
  };
  const inviteAndClaim = async () => {
    const { scannerId, code, expiresAt } = await invite();
    const key = makeTabletKey();
    const sent = await claimOf(code, key);
    return { scannerId, code, expiresAt, key, sent, answer: await claim(sent) };
  };

  return {
    ctx,
    clock,
    supervisor,
    admin: await registerVisitor(ctx, "admin"),
    /** One gate, and both competition sessions of its venue. */
    assignment,
    otherGateId,
    /** A competition session at another venue. */
    elsewhere: at("SWM01")?.competitionSessions[0]?.id ?? "",
    invite,
    claim,
    inviteAndClaim,
    enrol: async () => {
      const claimed = await inviteAndClaim();
      await confirmScanner(ctx, supervisor, claimed);
      return claimed;
    },
    known,
    /** As supervisors see it. */
    viewOf: async (scannerId: string) => (await listScanners(ctx)).find(({ id }) => id === scannerId),
    /** As the tablet itself learns it. */
    stateFor: async (scannerId: string) => (await checkIn(ctx, await known(scannerId), { report: null })).state,
    actions: async (subjectId: string) => {
      const entries = ctx.db.selectFrom("audit_entry").select("action").where("subject_id", "=", subjectId);
      return (await entries.execute()).map(({ action }) => action).toSorted();
    },
  };
}
