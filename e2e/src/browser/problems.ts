import type { BrowserContext } from "playwright-core";

/** What went wrong in a browser without a test having asked for it. */
export type Problems = {
  /** This test does what leads to such a problem: it must come, and is none then. */
  readonly expectProblem: (pattern: RegExp) => void;
  /** What came and was not expected, and what was expected and did not come. */
  readonly rest: () => string[];
};

/**
 * All tests come from one address, and so the server asks now and then for a proof of work before it sends a mail or
 * makes an account. The page does it and asks again; what else 409 may mean of these is on the screen.
 */
const proofOfWork =
  /^error: Failed to load resource: .* 409 .*\/trpc\/auth\.(registration\.(begin|register)|passwords\.requestReset)\?/;

/**
 * A page that its service worker begins to control while it loads asks again, through the worker, for a module that the
 * document had preloaded without it. Chromium says that the preload was for nothing; the page is whole.
 */
const preloadedBeforeWorker = /^warning: A preload for .* cross-world service worker resource mismatch/;

const harmless = [proofOfWork, preloadedBeforeWorker];

/** Gathers console errors and warnings, uncaught exceptions, and what the content security policy refused. */
export function watchProblems(): Problems & { readonly watch: (context: BrowserContext) => Promise<void> } {
  const seen: string[] = [];
  const expected: RegExp[] = [];
  const watch = async (context: BrowserContext): Promise<void> => {
    context.on("console", (message) => {
      if (message.type() !== "error" && message.type() !== "warning") return;
      const problem = `${message.type()}: ${message.text()} (${message.location().url})`;
      if (!harmless.some((pattern) => pattern.test(problem))) seen.push(problem);
    });
    context.on("weberror", (error) => seen.push(`uncaught: ${error.error().message}`));
    await context.addInitScript(() => {
      document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI, sourceFile }) => {
        // oxlint-disable-next-line no-console -- this runs in the page, and its console is what is watched
        console.error(`CSP refused ${effectiveDirective} ${blockedURI} of ${sourceFile}`);
      });
    });
  };
  return {
    watch,
    expectProblem: (pattern) => void expected.push(pattern),
    rest: () => [
      ...seen.filter((problem) => !expected.some((pattern) => pattern.test(problem))),
      ...expected
        .filter((pattern) => !seen.some((problem) => pattern.test(problem)))
        .map((pattern) => `not seen: ${pattern}`),
    ],
  };
}
