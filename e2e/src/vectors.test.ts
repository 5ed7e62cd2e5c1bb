import { fileURLToPath } from "node:url";
import { type Checked, checkVectors } from "@tessera/pass/testing";
import { expect } from "vitest";
import { openBlankPage } from "./browser/blank-page.ts";
import { bundle } from "./browser/bundle.ts";
import { test } from "./test.ts";

const pass = fileURLToPath(import.meta.resolve("@tessera/pass/testing"));
const noble = fileURLToPath(import.meta.resolve("@noble/ed25519"));

/** How a browser signs: by WebCrypto, and, where that has no Ed25519, as the shop's soft keys do. */
const signers = {
  WebCrypto: "vectors.signByWebCrypto",
  "a soft key": "(message, seed) => noble.signAsync(message, seed)",
};

test("the browser says of every vector of the format what its file says", async ({ browser }) => {
  const page = await openBlankPage(browser);
  await page.addScriptTag({ content: await bundle(pass, "vectors") });
  await page.addScriptTag({ content: await bundle(noble, "noble") });
  const names = (await checkVectors()).map(({ name }) => name);
  for (const [signer, code] of Object.entries(signers)) {
    const checked = await page.evaluate<readonly Checked[]>(`vectors.checkVectors(${code})`);
    expect(checked.map(({ name }) => name)).toEqual(names);
    for (const { name, expected, observed } of checked) expect(observed, `${name}, by ${signer}`).toEqual(expected);
  }
  await page.close();
});
