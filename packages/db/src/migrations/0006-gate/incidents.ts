import { type Kysely, sql } from "kysely";

/** What people must look at, and how gates work for one competition session. */
export async function createIncidents(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table incident (
      competition_session_id uuid not null
        constraint incident_competition_session_fkey references competition_session,
      id uuid not null,
      kind text not null constraint incident_kind_check check (kind in (
        'admitted_twice', 'relayed_code', 'superseded_admitted', 'revoked_admitted', 'unknown_admitted', 'clock_wrong',
        'journal_contradiction')),
      -- What it is about, so that it is found once, whatever comes in whichever order: a ticket, a code, a tablet.
      about text not null,
      ticket_id uuid,
      state text not null constraint incident_state_check check (state in ('open', 'done', 'explained')),
      found_at timestamptz not null,
      changed_at timestamptz not null,
      done_at timestamptz,
      done_by uuid constraint incident_done_by_fkey references account,
      done_note text,
      constraint incident_pkey primary key (competition_session_id, id),
      constraint incident_about_key unique (competition_session_id, kind, about),
      constraint incident_done_check check ((state = 'done') = (done_at is not null))
    )`.execute(db);
  await sql`create index incident_open_idx on incident (competition_session_id) where state = 'open'`.execute(db);
  await sql`create index incident_id_idx on incident (id)`.execute(db);
  await sql`create index incident_ticket_idx on incident (ticket_id) where ticket_id is not null`.execute(db);
  await sql`create index incident_about_idx on incident (about)`.execute(db);
  await sql`
    create table incident_scan (
      competition_session_id uuid not null,
      incident_id uuid not null,
      scan_id uuid not null,
      constraint incident_scan_pkey primary key (competition_session_id, incident_id, scan_id),
      constraint incident_scan_incident_fkey foreign key (competition_session_id, incident_id) references incident,
      constraint incident_scan_scan_fkey foreign key (competition_session_id, scan_id) references scan
    )`.execute(db);
  // No row: as the server's policy says.
  await sql`
    create table gate_policy (
      competition_session_id uuid constraint gate_policy_pkey primary key
        constraint gate_policy_competition_session_fkey references competition_session,
      reentry text not null constraint gate_policy_reentry_check check (reentry in ('never', 'after_exit')),
      offline_admission text not null
        constraint gate_policy_offline_admission_check check (offline_admission in ('any', 'home_gate')),
      max_list_age_seconds integer not null
        constraint gate_policy_max_list_age_check check (max_list_age_seconds between 60 and 86400),
      list_too_old text not null constraint gate_policy_list_too_old_check check (list_too_old in ('check', 'refuse'))
    )`.execute(db);
}
