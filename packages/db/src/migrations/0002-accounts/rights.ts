import { type Kysely, sql } from "kysely";

export async function grantRights(db: Kysely<unknown>): Promise<void> {
  const grants = [
    `update (email, password_hash, role, role_since, disabled_at, deleted_at) on account to tessera_app`,
    `update (hand_over_frozen_until, factors_reset_at) on account to tessera_app`,
    "update (id_hash, last_used_at) on auth_session to tessera_app",
    "delete on totp_factor, recovery_code to tessera_app",
    "update (wrong_codes, wrong_codes_since) on totp_factor to tessera_app",
    "update (password_reset_at, email_changed_at) on account to tessera_app",
    "select, insert, delete on registration, mail_token, email_change to tessera_app",
    "update (wrong_codes) on registration to tessera_app",
    "update (old_confirmed_at, new_confirmed_at) on email_change to tessera_app",

    "select, insert, update, delete on totp_enrolment to tessera_app",
    "select, insert, delete on passkey, webauthn_challenge, factor_reset to tessera_app",
    "update (counter, name, last_used_at) on passkey to tessera_app",
    "update (ready_mailed_at) on factor_reset to tessera_app",

    "select, insert on invitation, staff_factor_reset to tessera_app",
    "update (email, accepted_at, revoked_at) on invitation to tessera_app",
    "update (approved_by, approved_at, cancelled_at) on staff_factor_reset to tessera_app",

    "select, insert, delete on mail to tessera_app",
    "update (sealed_content, sent_at) on mail to tessera_app",
    "select, insert, update, delete on rate_limit to tessera_app",

    "select, insert on audit_entry, audit_seal to tessera_app",
    "select, delete on audit_unsealed to tessera_app",

    // Keys are changed by the owner alone (pnpm keys): who takes the application over trusts no key and distrusts none.
    "select, insert on kek to tessera_app",
    "select, insert, update, delete on node_kek to tessera_app",
  ];
  // Temporary tables would stand before ours in a search path, and nobody needs any.
  await sql`
    do $$ begin
      execute format('revoke temporary on database %I from public', current_database());
    end $$`.execute(db);
  for (const grant of grants) await sql`grant ${sql.raw(grant)}`.execute(db);
}
