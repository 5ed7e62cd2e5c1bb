/**
 * Every way in which a request can be refused. The list is closed: `messages` holds one sentence for each code in each
 * language, and a new code without a sentence does not compile.
 */
export const errorCodes = [
  // any request
  "invalid_input",
  "not_signed_in",
  "second_factor_required",
  "step_up_required",
  "forbidden",
  "not_found",
  "conflict",
  "too_many_requests",
  "unavailable",
  "internal",
  // accounts
  "password_too_short",
  "password_too_long",
  "password_too_common",
  "password_missing",
  "wrong_credentials",
  "account_disabled",
  "proof_of_work_required",
  "link_expired",
  "registration_expired",
  "last_factor",
  "factor_worn_out",
  "passkey_refused",
  "passkey_known",
  "email_taken",
  "factor_reset_too_early",
  "factors_just_reset",
  "tickets_still_held",
  "payment_still_open",
  "own_account",
  "employee_account",
  "second_admin_required",
  "totp_already_enrolled",
  "totp_not_enrolled",
  "wrong_code",
  "code_already_used",
  // catalogue
  "offer_withdrawn",
  "offer_not_on_sale",
  "price_changed",
  // sales
  "sold_out",
  "limit_reached",
  "idempotency_key_reused",
  "request_under_way",
  "order_expired",
  "order_not_payable",
  "payment_under_way",
  "ticket_not_refundable",
  "capacity_below_taken",
  // tickets
  "activation_not_open",
  "activation_closed",
  "challenge_expired",
  "bad_device_signature",
  "ticket_changed",
  "ticket_blocked",
  // gate
  "gate_not_in_venue",
] as const;

export type ErrorCode = (typeof errorCodes)[number];
