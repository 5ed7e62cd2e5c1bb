import { type Logger, pino, stdSerializers } from "pino";

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

function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error };
  const { type, message, stack } = stdSerializers.err(error);
  const cause = error.cause === undefined ? {} : { cause: describeError(error.cause) };
  if (!("severity" in error)) return { type, message, stack, ...cause };
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  const frames = stack.split("\n").filter((line) => line.trimStart().startsWith("at "));
  return {
    type,
    code,
    message: quotingClasses.includes(code.slice(0, 2)) ? undefined : message,
    constraint: "constraint" in error ? error.constraint : undefined,
    stack: frames.join("\n"),
  };
}
