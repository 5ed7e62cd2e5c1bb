import { SetupError } from "../setup-error.ts";

/** What was typed cannot be meant: says so, with the command's usage. 64 is EX_USAGE of sysexits.h. */
export class UsageError extends SetupError {
  override readonly exitCode = 64;

  constructor(message: string, usage: string) {
    super(`${message}\n\n${usage}`);
  }
}

/** Runs a command as this process: its answer is the exit status, and what people can mend is told in a sentence. */
export async function runCommand(main: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await main();
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    console.error(error.message);
    process.exitCode = error.exitCode;
  }
}
