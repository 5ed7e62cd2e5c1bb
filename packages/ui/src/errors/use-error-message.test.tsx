import type { Locale } from "@tessera/contracts";
import { loadMessages } from "@tessera/messages";
import { TRPCClientError } from "@trpc/client";
import { renderToStaticMarkup } from "react-dom/server";
import { IntlProvider } from "use-intl";
import { expect, test } from "vitest";
import { type ErrorWords, useErrorMessage } from "./use-error-message.ts";

type Refusal = { errorCode: string; details?: Record<string, number>; words?: ErrorWords };

/** What a page says of a refusal. */
async function said({ errorCode, details = {}, words }: Refusal, locale: Locale = "en"): Promise<string> {
  const data = { errorCode, details, requestId: "r-1", fields: [] };
  const error = TRPCClientError.from({ error: { message: errorCode, code: -32_009, data } } as Parameters<
    typeof TRPCClientError.from
  >[0]);
  const Said = () => useErrorMessage()(error, words);
  const messages = await loadMessages(locale);
  return renderToStaticMarkup(
    <IntlProvider locale={locale} messages={messages} timeZone="Europe/Paris">
      <Said />
    </IntlProvider>,
  );
}

test.each([
  [60, "en", "Your phone’s clock is about 1 minute fast."],
  [180, "en", "Your phone’s clock is about 3 minutes fast."],
  [-300, "en", "This code was good about 5 minutes ago. If it still shows, your phone’s clock is slow"],
  [120, "fr", "L’horloge de votre téléphone avance d’environ 2 minutes."],
  [-60, "fr", "Ce code était bon il y a environ 1 minute. S’il s’affiche encore"],
] as const)("a code of a clock that is %d s ahead is no mere wrong code (%s)", async (ahead, locale, sentence) => {
  const refusal = { errorCode: "wrong_code", details: { clockAheadSeconds: ahead }, words: { wrong_code: "No." } };
  expect(await said(refusal, locale)).toContain(sentence);
});

test("the words of a place come before those of the code", async () => {
  expect(await said({ errorCode: "wrong_code", words: { wrong_code: "Not this one." } })).toBe("Not this one.");
  expect(await said({ errorCode: "wrong_code" })).toContain("This code is not the right one.");
});

test("a long wait is said in minutes", async () => {
  const details = { retryAfterSeconds: 1799 };
  expect(await said({ errorCode: "too_many_requests", details })).toContain("30 minutes");
});
