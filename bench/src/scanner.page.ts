import { watchWebCrypto } from "./web-crypto.page.ts";

export { countMs } from "./tablet.page.ts";

/** How long something took on the page's main thread, and how long of it that waited for other threads. */
export type Watched = {
  readonly wholeMs: number;
  /** For workers, the service worker among them, and for WebCrypto: a slow-down of the page slows none of them. */
  readonly elsewhereMs: number;
};

type Begun = { readonly atMs: number; readonly elsewhereMs: number };

const verdicts: Watched[] = [];
const seen = new Set<string>();
let scanning: Begun | null = null;
let [frameAtMs, codesMs, lastVerdict] = [0, 0, ""];
/** Since the page was opened, or somebody last pressed a key or touched something. */
let doing: Begun = { atMs: 0, elsewhereMs: 0 };
let [heading, headingTook]: [string, Watched | null] = ["", null];

const webCryptoMs = watchWebCrypto();
const elsewhereMs = (): number => webCryptoMs() + codesMs;
const since = ({ atMs, elsewhereMs: before }: Begun): Watched => ({
  wholeMs: performance.now() - atMs,
  elsewhereMs: elsewhereMs() - before,
});

watchFrames();
watchCodes();
for (const kind of ["keydown", "click"] as const) {
  const begin = (): void => {
    doing = { atMs: performance.now(), elsewhereMs: elsewhereMs() };
  };
  document.addEventListener(kind, begin, { capture: true });
}
new MutationObserver(look).observe(document, { childList: true, subtree: true, characterData: true });

/** From the frames in which a code was first seen to the verdicts on the screen, since it was asked last. */
export const takeVerdicts = (): Watched[] => verdicts.splice(0);

export const verdictsShown = (): number => verdicts.length;

/** What it took until the heading on the screen was there. */
export const headingShown = (): { heading: string; took: Watched | null } => ({ heading, took: headingTook });

function watchFrames(): void {
  window.VideoFrame = new Proxy(VideoFrame, {
    construct: (target, given: ConstructorParameters<typeof VideoFrame>) => {
      frameAtMs = performance.now();
      return new target(...given);
    },
  });
}

/** The worker that reads codes is asked for one frame at a time. */
function watchCodes(): void {
  window.Worker = class extends Worker {
    constructor(...given: ConstructorParameters<typeof Worker>) {
      super(...given);
      let postedMs = 0;
      const post = this.postMessage.bind(this);
      this.postMessage = (...message: unknown[]) => {
        postedMs = performance.now();
        Reflect.apply(post, this, message);
      };
      this.addEventListener("message", ({ data }: MessageEvent<{ codes?: readonly string[] | null }>) => {
        const [code] = data.codes ?? [];
        const before = elsewhereMs();
        codesMs += performance.now() - postedMs;
        // A code is in view for many frames; the first of them is scanned.
        if (code === undefined || seen.has(code)) return;
        seen.add(code);
        scanning = { atMs: frameAtMs, elsewhereMs: before };
      });
    }
  };
}

function look(): void {
  const verdict = document.querySelector('[role="status"][aria-label="Verdict"]')?.textContent ?? "";
  if (verdict !== lastVerdict) {
    lastVerdict = verdict;
    const begun = scanning;
    if (verdict !== "" && begun !== null) {
      scanning = null;
      onScreen(() => verdicts.push(since(begun)));
    }
  }
  const title = document.querySelector("h1")?.textContent ?? "";
  if (title !== heading) {
    [heading, headingTook] = [title, null];
    const begun = doing;
    onScreen(() => {
      const took = since(begun);
      // Only a page that opens waits for its service worker.
      const isOpening = begun.atMs === 0;
      headingTook ??= isOpening ? { ...took, elsewhereMs: took.elsewhereMs + serviceWorkerMs() } : took;
    });
  }
}

/** Once what changed now has been painted. */
function onScreen(then: () => unknown): void {
  requestAnimationFrame(() => setTimeout(then));
}

/** While the service worker answered for at least one file of the page. */
function serviceWorkerMs(): number {
  const spans = performance
    .getEntries()
    .filter((entry) => entry instanceof PerformanceResourceTiming)
    .filter(({ workerStart }) => workerStart > 0)
    .map(({ workerStart, responseEnd }) => ({ from: workerStart, to: responseEnd }))
    .toSorted((a, b) => a.from - b.from);
  let [sum, until] = [0, 0];
  for (const { from, to } of spans) {
    sum += Math.max(0, to - Math.max(from, until));
    until = Math.max(until, to);
  }
  return sum;
}
