import { type Kysely, sql } from "kysely";

export async function createStaff(db: Kysely<unknown>): Promise<void> {
  // Few among millions: the dashboard lists them, and a change of rights locks the admins.
  await sql`create index account_employee_idx on account (role) where role <> 'visitor'`.execute(db);
  // The address is forgotten with what it was needed for: it is empty once the invitation is accepted or revoked.
  await sql`
    create table invitation (
      id uuid constraint invitation_pkey primary key,
      email text not null,
      role text not null constraint invitation_role_check check (role in ('staff', 'supervisor', 'admin')),
      locale text not null constraint invitation_locale_check check (locale in ('fr', 'en')),
      invited_by uuid constraint invitation_inviter_fkey references account,
      created_at timestamptz not null,
      expires_at timestamptz not null,
      accepted_at timestamptz,
      revoked_at timestamptz
    )`.execute(db);
  // Of one address only one invitation is open, and the newest is the one.
  await sql`
    create unique index invitation_one_open on invitation (email)
    where accepted_at is null and revoked_at is null`.execute(db);
  // An employee's lost factors: one admin asks, another one does it.
  await sql`
    create table staff_factor_reset (
      id uuid constraint staff_factor_reset_pkey primary key,
      account_id uuid not null constraint staff_factor_reset_account_fkey references account,
      requested_by uuid not null constraint staff_factor_reset_requester_fkey references account,
      requested_at timestamptz not null,
      expires_at timestamptz not null,
      approved_by uuid constraint staff_factor_reset_approver_fkey references account,
      approved_at timestamptz,
      cancelled_at timestamptz,
      constraint staff_factor_reset_two_admins check (
        approved_by <> requested_by and approved_by <> account_id and requested_by <> account_id)
    )`.execute(db);
  await sql`
    create unique index staff_factor_reset_one_open on staff_factor_reset (account_id)
    where approved_at is null and cancelled_at is null`.execute(db);
}
