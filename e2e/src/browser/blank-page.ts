import type { Browser, Page } from "playwright-core";

const address = "http://localhost:1/";

/** An empty page of a browser of its own, in a secure context, so that it has WebCrypto; no server is asked. */
export async function openBlankPage(browser: Browser): Promise<Page> {
  const page = await browser.newPage();
  await page.route(address, (route) =>
    route.fulfill({ contentType: "text/html", body: "<!doctype html><title>-</title>" }),
  );
  await page.goto(address);
  return page;
}
