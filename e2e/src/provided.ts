import type { ChromiumFiles } from "./browser/chromium-files.ts";
import type { Person } from "./people/person.ts";
import type { DemoAccount } from "./server/demo-accounts.ts";

/** What all tests of one worker share: a server, the browser's program, and people who signed in at the start. */
export type Run = {
  readonly origin: string;
  readonly chromium: ChromiumFiles;
  readonly demoAccounts: readonly DemoAccount[];
  /** Somebody who registered at the start, and so has a new code by the time it is needed. */
  readonly visitor: Person;
  /** Signed in to the dashboard: the second admin, and the first. */
  readonly admin: Person;
  readonly otherAdmin: Person;
  /** Signed in to the scanner. */
  readonly supervisor: Person;
  /** The server's database and KEKs, and the file of all that it has said. */
  readonly dataDir: string;
  readonly logFile: string;
  /** Where the pictures of pages go on which a test failed. */
  readonly failuresFolder: string;
};

/** Where somebody with an admin's rights can be reached. */
export type Office = { readonly origin: string; readonly otherAdmin: Pick<Person, "cookies"> };

declare module "vitest" {
  interface ProvidedContext {
    /** One for each worker, whose files then run one after the other on a server that nobody else changes. */
    tessera: readonly Run[];
    /** `pnpm test` or `pnpm test:long`. */
    effort: "short" | "long";
  }
}
