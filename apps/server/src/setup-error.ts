/** The server cannot start as things are. The message is for who starts it: what is wrong and what to change. */
export class SetupError extends Error {
  override readonly name: string = "SetupError";
  /** Exit status of the process. 78 is EX_CONFIG of sysexits.h: what a supervisor need not try again. */
  readonly exitCode: number = 1;
}
