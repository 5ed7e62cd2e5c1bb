import { type Kysely, sql } from "kysely";

export async function createGate(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table scan (
      competition_session_id uuid not null
        constraint scan_competition_session_fkey references competition_session,
      id uuid not null,
      nonce uuid not null,
      ticket_id uuid,
      gate_id uuid not null constraint scan_gate_fkey references gate,
      account_id uuid not null constraint scan_account_fkey references account,
      outcome text not null constraint scan_outcome_check check (outcome in ('admit', 'check', 'refuse')),
      reason text not null,
      code_sha256 bytea not null,
      first_at timestamptz,
      first_gate_id uuid constraint scan_first_gate_fkey references gate,
      scanned_at timestamptz not null,
      received_at timestamptz not null,
      constraint scan_pkey primary key (competition_session_id, id),
      constraint scan_nonce_key unique (competition_session_id, nonce)
    )`.execute(db);
  await sql`
    create table admission (
      competition_session_id uuid not null,
      ticket_id uuid not null,
      entry_number smallint not null,
      scan_id uuid not null,
      gate_id uuid not null constraint admission_gate_fkey references gate,
      admitted_at timestamptz not null,
      constraint admission_pkey primary key (competition_session_id, ticket_id, entry_number),
      constraint admission_ticket_fkey foreign key (competition_session_id, ticket_id) references ticket,
      constraint admission_scan_fkey foreign key (competition_session_id, scan_id) references scan
    )`.execute(db);
}
