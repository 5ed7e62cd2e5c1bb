import { type Kysely, sql } from "kysely";

export async function grantRights(db: Kysely<unknown>): Promise<void> {
  const grants = [
    "select, insert on scanner to tessera_app",
    `update (name, gate_id, state, public_key, comparison, claimed_at, enrolled_by, enrolled_at, revoked_by, revoked_at,
      last_contact_at, list_made_at, queued, battery, charging, app_version, clock_offset_ms) on scanner to tessera_app`,
    "select, insert, delete on scanner_competition_session to tessera_app",
    "select, insert on scanner_former_competition_session to tessera_app",
    "select, insert on shift to tessera_app",
    "update (ended_at) on shift to tessera_app",
    `update (ticket_id, outcome, reason, first_at, first_gate_id, asked_at, uploaded_at, record_sha256, tablet_outcome,
      tablet_reason, shown, confirmed, list_number, cut_off, clock_in_doubt, proof_slot, pass_epoch, finding, decided_admit,
      decided_shift_id, decided_note, decided_override, decided_at, through) on scan to tessera_app`,
    "select, insert on scanner_record, scan_decision to tessera_app",
    // What was written about somebody goes with their account.
    "update (note) on scan_decision to tessera_app",
    "select, insert, delete on passage to tessera_app",
    "select, insert on incident to tessera_app",
    "update (state, changed_at, done_at, done_by, done_note) on incident to tessera_app",
    "select, insert, delete on incident_scan to tessera_app",
    "select, insert, update on gate_policy to tessera_app",
    "update (changed_xid) on ticket to tessera_app",
  ];
  for (const grant of grants) await sql`grant ${sql.raw(grant)}`.execute(db);
}
