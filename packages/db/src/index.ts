export { createDatabase, createPool, prepared, type ConnectionOptions } from "./connection.ts";
export { constraintOf, isOutage, isRetryable, type ConstraintViolation } from "./constraints.ts";
export type { DB as Database } from "./generated.ts";
export { createJobsPool, jobsSchema } from "./jobs-pool.ts";
export { applicationRole, migrate, requireNewestSchema } from "./migrate.ts";
export { transactionInTwoSteps } from "./transaction-in-two-steps.ts";
export { checkServer } from "./server-check.ts";
export { DatabaseSetupError, type DatabaseSetupErrorCode } from "./setup-error.ts";
