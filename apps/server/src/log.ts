import { type Logger, pino, stdSerializers } from "pino";

export type { Logger } from "pino";

/**
 * JSON lines on standard output. What an error says of people (PostgreSQL's `detail` quotes rows) stays out: of a
 * database error only its code, its constraint and where it was raised are written.
 */
export function createLog(level: string): Logger {
  return pino({
    level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    serializers: { err: describeError },
  });
}

function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error };
  const { type, message, stack } = stdSerializers.err(error);
  if (!("severity" in error)) return { type, message, stack, ...causeOf(error) };
  const frames = stack.split("\n").filter((line) => line.trimStart().startsWith("at "));
  return {
    type,
    code: "code" in error ? error.code : undefined,
    constraint: "constraint" in error ? error.constraint : undefined,
    stack: frames.join("\n"),
  };
}

function causeOf(error: Error): object {
  return error.cause === undefined ? {} : { cause: describeError(error.cause) };
}
