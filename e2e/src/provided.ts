import type { ChromiumFiles } from "./browser/chromium-files.ts";
import type { Person } from "./people/person.ts";
import type { DemoAccount } from "./server/demo-accounts.ts";

/** What the whole run shares: one server, one browser program, and people who signed in at its start. */
export type Run = {
  readonly origin: string;
  readonly chromium: ChromiumFiles;
  readonly demoAccounts: readonly DemoAccount[];
  /** Somebody who registered at the start, and so has a new code by the time it is needed. */
  readonly visitor: Person;
  /** Signed in to the dashboard: the second admin, so that the first one's codes are the story's. */
  readonly admin: Person;
  /** Signed in to the scanner. */
  readonly supervisor: Person;
  /** Where the pictures of pages go on which a test failed. */
  readonly failuresFolder: string;
};

declare module "vitest" {
  interface ProvidedContext {
    tessera: Run;
  }
}
