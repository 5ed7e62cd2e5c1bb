import { destination, type Logger, pino } from "pino";

export type { Logger } from "pino";

/** Under load many lines are written at once, and each is written within this time. */
const written = { minLength: 4096, periodicFlush: 100 } as const;

/**
 * JSON lines on standard output, the last of them when the process ends, unless it is killed. What a database error quotes of people's rows stays out: its detail always, and its
 * message where that repeats values.
 */
export function createLog(level: string): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      serializers: { err: describeError },
    },
    destination({ dest: 1, sync: false, ...written }),
  );
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
