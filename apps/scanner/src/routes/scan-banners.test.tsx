import { MantineProvider } from "@mantine/core";
import type { Locale } from "@tessera/contracts";
import { loadMessages } from "@tessera/messages";
import { renderToStaticMarkup } from "react-dom/server";
import { IntlProvider } from "use-intl";
import { expect, test } from "vitest";
import { ScanBanners } from "./scan-banners.tsx";
import type { ScanView } from "./scan-view.ts";

const atMs = Date.UTC(2028, 6, 15, 16, 32);
const camille = { atMs, direction: "in", through: true, holderName: "Camille Martin" } as const;

/** The banners of a tablet with nothing wrong but what is given. */
async function shown(troubles: Partial<ScanView["troubles"]>, locale: Locale): Promise<string> {
  const standing = { connected: true, listAgeMs: 0, freshness: "fresh", queued: 0, admitted: 0, inside: 0 } as const;
  const view: ScanView = {
    verdict: null,
    deciding: false,
    standing,
    direction: "in",
    hasExits: false,
    opensAt: new Date(atMs).toISOString(),
    listNumber: 1,
    whenListOld: "check",
    troubles: {
      listProblem: null,
      storage: false,
      refusedRecords: 0,
      clock: null,
      alarm: null,
      lastWord: null,
      ...troubles,
    },
    supervisors: [],
    namesLocked: false,
  };
  const nothing = (): void => {};
  return renderToStaticMarkup(
    <IntlProvider locale={locale} messages={await loadMessages(locale)} timeZone="Europe/Paris">
      <MantineProvider>
        <ScanBanners
          view={view}
          timeZone="Europe/Paris"
          onClock={nothing}
          onAlarmSeen={nothing}
          onLastWordSeen={nothing}
        />
      </MantineProvider>
    </IntlProvider>,
  );
}

test.each([
  [camille, "en", "Camille Martin was let in."],
  [{ ...camille, through: false }, "en", "Camille Martin was not let in."],
  [{ ...camille, direction: "out", holderName: null }, "en", "Somebody whose name is not known here was let out."],
  [{ ...camille, direction: "out", through: false }, "en", "Camille Martin was not let out."],
  [{ ...camille, through: false }, "fr", "Camille Martin\u00a0: entrée non permise."],
] as const)("what was said before the restart is said again, with its time (%#)", async (lastWord, locale, words) => {
  const page = await shown({ lastWord }, locale);
  expect(page).toContain("18:32");
  expect(page).toContain(words);
  expect(page).toMatch(/<button.*(Got it|Compris)/);
});

test("where nothing was said before, no banner says so; what is graver comes first", async () => {
  expect(await shown({}, "en")).not.toContain('role="alert"');
  const page = await shown({ lastWord: camille, storage: true }, "en");
  expect(page.indexOf("write nothing")).toBeLessThan(page.indexOf("Before the restart"));
  expect(page.indexOf("write nothing")).toBeGreaterThan(0);
});
