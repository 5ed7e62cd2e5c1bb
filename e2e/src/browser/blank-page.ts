import type { Browser, Page } from "playwright-core";

const address = "http://localhost:1/";
/** Isolated, a page reads the time to 5 µs, and else to 100. */
const isolated = { "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp" };

/** An empty page in a secure context, so that it has WebCrypto, with a clock as fine as a page can have; no server is asked. */
export async function openBlankPage(browser: Browser): Promise<Page> {
  const page = await browser.newPage();
  await page.route(address, (route) =>
    route.fulfill({ contentType: "text/html", headers: isolated, body: "<!doctype html><title>-</title>" }),
  );
  await page.goto(address);
  return page;
}
