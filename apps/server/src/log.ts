import { type Logger, pino } from "pino";

export type { Logger } from "pino";

/**
 * JSON lines on standard output. What a database error quotes of people's rows stays out: its detail always, and its
 * message where that repeats values.
 */
export function createLog(level: string): Logger {
  return pino({
    level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    serializers: { err: describeError },
  });
}

/** SQLSTATE classes whose messages quote what was written: data exceptions and integrity violations. */
const quotingClasses = ["22", "23"];

/** What the log says of an error. pino's own serializer joins the messages of the causes, and so would quote them. */
export function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error };
  const cause = error.cause === undefined ? {} : { cause: describeError(error.cause) };
  const frames = (error.stack ?? "").split("\n").filter((line) => line.trimStart().startsWith("at "));
  const described = { type: error.name, message: error.message, stack: frames.join("\n"), ...cause };
  if (!("severity" in error)) return described;
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  const constraint = "constraint" in error ? error.constraint : undefined;
  const message = quotingClasses.includes(code.slice(0, 2)) ? undefined : error.message;
  return { ...described, message, code, constraint };
}
