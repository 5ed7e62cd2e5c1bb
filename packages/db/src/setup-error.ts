/** Why a database cannot be used. These are for the operator who starts the server, never for a visitor. */
export type DatabaseSetupErrorCode =
  | "unreachable"
  | "server_too_old"
  | "unsafe_setting"
  | "application_role_missing"
  | "database_newer_than_code"
  | "migration_failed"
  | "schema_not_current"
  | "embedded_unsupported_platform"
  | "embedded_no_system_user"
  | "data_dir_unusable"
  | "embedded_data_not_ours"
  | "embedded_missing"
  | "embedded_init_failed"
  | "embedded_start_failed"
  | "embedded_stop_failed";

/** A database that cannot be used as it is. The message says what to change and holds no password. */
export class DatabaseSetupError extends Error {
  override readonly name = "DatabaseSetupError";
  readonly code: DatabaseSetupErrorCode;

  constructor(code: DatabaseSetupErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** What went wrong, for a message. Node reports a host with several addresses as an AggregateError without a message. */
export function messageOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(messageOf).join(", ");
  return error instanceof Error ? error.message : String(error);
}
