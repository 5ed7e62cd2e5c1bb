import { handOverStates, type Locale, type MailContent, type MailTicket } from "@tessera/contracts";
import { describe, expect, it } from "vitest";
import { renderMail } from "../render-mail.ts";

const ticket: MailTicket = {
  reference: "7K3QX9WZ2M",
  competitionSessionCode: "ATH05",
  discipline: "Athletics",
  disciplineCode: "ATH",
  venue: "Stade de France",
  startsAt: new Date("2028-07-15T22:30:00Z"),
  timeZone: "Europe/Paris",
};
const surfing: MailTicket = {
  ...ticket,
  reference: "8M4RT7XB3N",
  competitionSessionCode: "XYZ01",
  discipline: "Tug of War",
  disciplineCode: "XYZ",
  venue: "Teahupo’o",
  timeZone: "Pacific/Tahiti",
};
const link = "https://tickets.test/tickets";
const expiresAt = new Date("2028-07-14T22:30:00Z");
const offered: MailContent = {
  template: "hand_over_offered",
  giver: "Zoé Lefèvre",
  tickets: [ticket, surfing],
  expiresAt,
  link,
};
const accepted: MailContent = {
  template: "hand_over_ended",
  outcome: "accepted",
  to: "giver",
  other: "sam@example.test",
  tickets: [ticket],
  link,
};
const cancelled: MailContent = { template: "tickets_cancelled", tickets: [ticket, surfing], reason: "refunded" };

/** What was said of each end of a hand-over, to whom, in which language. */
const ended = new Set<string>();

describe.each<[Locale, string, string]>([
  [
    "fr",
    "- Athlétisme, ATH05 · dimanche 16 juillet 2028 à 00:30 (heure du lieu) · Stade de France · billet 7K3QX9WZ2M",
    "- Tug of War, XYZ01 · samedi 15 juillet 2028 à 12:30 (heure du lieu) · Teahupo’o · billet 8M4RT7XB3N",
  ],
  [
    "en",
    "- Athletics, ATH05 · Sunday, 16 July 2028 at 00:30 (local time) · Stade de France · ticket 7K3QX9WZ2M",
    "- Tug of War, XYZ01 · Saturday, 15 July 2028 at 12:30 (local time) · Teahupo’o · ticket 8M4RT7XB3N",
  ],
])("tickets in %s", (locale, first, second) => {
  it("are offered by name, each on a line with the hour of its venue", async () => {
    const { subject, text, html } = await renderMail({ locale, content: offered });
    expect(text).toContain(`\n\n${first}\n${second}\n\n`);
    expect(html.match(/<li/g)).toHaveLength(2);
    expect(html).toContain(`>${first.slice(2)}</li>`);
    expect(text).toContain("Zoé Lefèvre");
    expect(subject).toContain("2");
    expect(subject).not.toContain("Zoé");
  });

  const outcomes = handOverStates.filter((state) => state !== "offered");
  it.each(outcomes.flatMap((outcome) => (["giver", "receiver"] as const).map((to) => ({ outcome, to }))))(
    "$outcome: the $to is told, in words of their own",
    async ({ outcome, to }) => {
      const tell = async (tickets: MailTicket[]) =>
        renderMail({ locale, content: { ...accepted, outcome, to, tickets } });
      const [one, two] = [await tell([ticket]), await tell([ticket, surfing])];
      for (const { subject, text } of [one, two]) {
        expect(subject).toMatch(/^\S.{5,70}\S$/u);
        expect(subject).not.toMatch(/[{}#]/);
        expect(text).toContain(first);
        expect(text).not.toMatch(/[{}]/);
      }
      expect(two.text).toContain(second);
      expect(one.text).not.toBe(two.text);
      expect(one.text.includes("sam@example.test")).toBe(true);
      ended.add(`${locale} ${one.text}`);
    },
  );

  it("are cancelled for the reason that it was", async () => {
    const tell = async (reason: "refunded" | "session_cancelled") =>
      (await renderMail({ locale, content: { ...cancelled, reason } })).text;
    expect(await tell("session_cancelled")).toMatch(/a annulé la compétition|cancelled the competition/);
    expect(await tell("refunded")).not.toMatch(/compétition|competition/);
    expect(await tell("refunded")).toContain(second);
  });
});

it("tells no outcome of a hand-over in the words of another", () => {
  expect(ended.size).toBe(2 * 2 * (handOverStates.length - 1));
});

it("has no markup and no line of its own in the line of a ticket", async () => {
  const tickets = [{ ...ticket, venue: "<b>Hall</b>\r\n- Another" }];
  const { html, text } = await renderMail({ locale: "en", content: { ...offered, tickets } });
  expect(text).toContain("<b>Hall</b> - Another · ticket");
  expect(html).not.toContain("<b>");
});
