import { execFile } from "node:child_process";

/** A user of the operating system; `undefined` stands for the one that runs this process. */
export interface SystemUser {
  readonly uid: number;
  readonly gid: number;
}

/** How a program ended and what it said. */
export interface RunResult {
  readonly ok: boolean;
  readonly output: string;
}

const environment = { PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", LC_ALL: "C", TZ: "UTC" };

/**
 * Runs a program to its end. PostgreSQL needs nothing of our environment, which may hold keys, and its messages are
 * read by us and so stay in English. The working directory is one that every user can enter.
 */
export function run(
  file: string,
  args: readonly string[],
  options: { readonly user: SystemUser | undefined; readonly input?: string },
): Promise<RunResult> {
  return new Promise((resolve) => {
    const child = execFile(file, args, { ...options.user, cwd: "/", env: environment }, (error, stdout, stderr) => {
      const output = `${stdout}${stderr}`.trim();
      resolve({ ok: error === null, output: output || (error?.message ?? "") });
    });
    // A program that ends without reading its input is reported by its exit code, not by a broken pipe.
    child.stdin?.on("error", () => undefined);
    child.stdin?.end(options.input ?? "");
  });
}
