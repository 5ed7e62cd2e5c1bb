import { MantineProvider } from "@mantine/core";
import type { Locale } from "@tessera/contracts";
import { loadMessages } from "@tessera/messages";
import { renderToStaticMarkup } from "react-dom/server";
import { IntlProvider } from "use-intl";
import { expect, test } from "vitest";
import { LoadingList } from "./LoadingList.tsx";

async function shown(loading: { tickets: number; of: number | null }, locale: Locale = "en"): Promise<string> {
  return renderToStaticMarkup(
    <IntlProvider locale={locale} messages={await loadMessages(locale)} timeZone="Europe/Paris">
      <MantineProvider>
        <LoadingList {...loading} />
      </MantineProvider>
    </IntlProvider>,
  );
}

test.each([
  ["en", /38%: 30,400 of 80,000 tickets<\/p>/],
  ["fr", /38\s%\u00a0: 30\s400 billets sur 80\s000<\/p>/],
] as const)("says how much of the list is there, to eyes and ears (%s)", async (locale, words) => {
  const page = await shown({ tickets: 30_400, of: 80_000 }, locale);
  expect(page).toMatch(words);
  expect(page).toMatch(/aria-label="\w[^>]*role="progressbar"[^>]*aria-valuenow="38"/);
});

test("says no share of what nobody knows, and never more than all", async () => {
  expect(await shown({ tickets: 5000, of: null })).toContain("5,000 tickets</p>");
  expect(await shown({ tickets: 5001, of: 5000 })).toContain("100%");
});
