import { type Kysely, sql } from "kysely";

/** A scan is what a tablet asked, or wrote down, or both: the row is there with whichever came first. */
export async function keepRecords(db: Kysely<unknown>): Promise<void> {
  // Old scans came from no tablet that we knew: they have no number.
  await sql`alter table scan drop constraint scan_nonce_key, drop column nonce`.execute(db);
  await sql`
    alter table scan
      alter column code_sha256 drop not null,
      alter column outcome drop not null,
      alter column reason drop not null,
      add column scanner_id uuid constraint scan_scanner_fkey references scanner,
      add column number integer,
      add column shift_id uuid constraint scan_shift_fkey references shift,
      add column direction text not null default 'in' constraint scan_direction_check check (direction in ('in', 'out')),
      add column means text not null default 'camera'
        constraint scan_means_check check (means in ('camera', 'wedge', 'typed', 'search')),
      add column asked_at timestamptz,
      add column uploaded_at timestamptz,
      add column record_sha256 bytea,
      add column tablet_outcome text constraint scan_tablet_outcome_check check (tablet_outcome in ('admit', 'check', 'refuse')),
      add column tablet_reason text,
      add column shown text constraint scan_shown_check check (shown in ('admit', 'check', 'refuse')),
      add column confirmed boolean,
      add column list_number bigint,
      add column cut_off boolean not null default false,
      add column clock_in_doubt boolean not null default false,
      add column proof_slot bigint,
      -- The epoch of the pass that was shown, and so whether it was the newest then.
      add column pass_epoch integer,
      -- What the server found when it looked at the whole record: null until it has one.
      add column finding text,
      add column decided_admit boolean,
      add column decided_shift_id uuid constraint scan_decided_shift_fkey references shift,
      add column decided_note text,
      add column decided_override boolean,
      add column decided_at timestamptz,
      -- Whether the person went through, as far as is known; a passage stands for each that counts for a ticket.
      add column through boolean not null default false,
      add constraint scan_numbered_check check ((scanner_id is null) = (number is null)),
      add constraint scan_number_key unique (scanner_id, number)`.execute(db);
  await sql`comment on column scan.outcome is 'What the server answered while the person waited; null if it was not asked.'`.execute(
    db,
  );
  await sql`create index scan_ticket_idx on scan (ticket_id) where ticket_id is not null`.execute(db);
  await sql`create index scan_code_idx on scan (code_sha256) where code_sha256 is not null`.execute(db);
  await sql`create index scan_counts_idx on scan (competition_session_id, gate_id, scanned_at)`.execute(db);
  // Every number that a tablet has used, for what is no scan too, so that gaps show; the text that it stands for, by its
  // digest, so that two texts under one number show.
  await sql`
    create table scanner_record (
      scanner_id uuid not null constraint scanner_record_scanner_fkey references scanner,
      number integer not null,
      kind text not null constraint scanner_record_kind_check check (kind in ('scan', 'decision', 'clock')),
      sha256 bytea not null,
      received_at timestamptz not null,
      constraint scanner_record_pkey primary key (scanner_id, number)
    )`.execute(db);
  // A decision may arrive before the scan that it is about.
  await sql`
    create table scan_decision (
      scanner_id uuid not null constraint scan_decision_scanner_fkey references scanner,
      scan_number integer not null,
      number integer not null,
      shift_id uuid not null constraint scan_decision_shift_fkey references shift,
      admit boolean not null,
      override boolean not null,
      note text,
      decided_at timestamptz not null,
      constraint scan_decision_pkey primary key (scanner_id, scan_number, number)
    )`.execute(db);
}
