import {
  type Locale,
  locales,
  type MailContent,
  type MailTemplate,
  type MailTicket,
  refundReasons,
} from "@tessera/contracts";
import { describe, expect, it } from "vitest";
import { renderMail } from "./render-mail.ts";

const link = (kind: string): string => `https://tickets.test/link/${kind}#aB3-_x&y=1`;
const ticket: MailTicket = {
  reference: "7K3QX9WZ2M",
  competitionSessionCode: "ATH05",
  discipline: "Athletics",
  disciplineCode: "ATH",
  venue: "Stade de France",
  startsAt: new Date("2028-07-15T22:30:00Z"),
  timeZone: "Europe/Paris",
};
const readyAt = new Date("2028-07-14T22:30:00Z");

/** One of each: a template that is missing here does not compile. */
const examples: { readonly [Template in MailTemplate]: Extract<MailContent, { template: Template }> } = {
  registration_code: { template: "registration_code", code: "041907", link: link("registration"), minutes: 30 },
  registration_known: { template: "registration_known", signInLink: link("a"), resetLink: link("b") },
  password_reset: { template: "password_reset", link: link("password_reset"), minutes: 60 },
  password_reset_unknown: { template: "password_reset_unknown", registerLink: link("register") },
  password_changed: { template: "password_changed", resetLink: link("password_reset") },
  email_change_old: {
    template: "email_change_old",
    link: link("email_change"),
    newEmail: "new@example.test",
    hours: 24,
  },
  email_change_new: { template: "email_change_new", link: link("email_change"), hours: 24 },
  email_change_taken: { template: "email_change_taken", signInLink: link("sign-in") },
  email_changed: { template: "email_changed", newEmail: "new@example.test" },
  factor_added: { template: "factor_added", factor: "passkey", accountLink: link("account") },
  factor_removed: { template: "factor_removed", factor: "totp", accountLink: link("account") },
  recovery_code_used: { template: "recovery_code_used", left: 1, accountLink: link("account") },
  recovery_codes_replaced: { template: "recovery_codes_replaced", accountLink: link("account") },
  factor_reset_requested: { template: "factor_reset_requested", cancelLink: link("factor_reset_cancel"), readyAt },
  factor_reset_ready: { template: "factor_reset_ready", link: link("a"), cancelLink: link("b"), hours: 72 },
  factor_reset_completed: { template: "factor_reset_completed", signInLink: link("sign-in") },
  invitation: { template: "invitation", link: link("invitation"), role: "admin", hours: 48, invitedBy: "Zoé Lefèvre" },
  employee_factor_reset_requested: {
    template: "employee_factor_reset_requested",
    employee: "Sam Roux",
    requestedBy: "Zoé Lefèvre",
    staffLink: link("staff"),
    hours: 24,
  },
  own_factor_reset_requested: { template: "own_factor_reset_requested", requestedBy: "Zoé Lefèvre" },
  account_disabled: { template: "account_disabled" },
  role_changed: { template: "role_changed", role: "supervisor" },
  account_deleted: { template: "account_deleted" },
  order_paid: {
    template: "order_paid",
    reference: "7K3QX9WZ2M",
    totalCents: 240_50,
    tickets: 2,
    late: true,
    competitionSessions: [
      {
        id: "0198a7e0-0000-7000-8000-000000000001",
        code: "ATH05",
        disciplineCode: "ATH",
        discipline: "Athletics",
        events: "Women’s 100 m",
        medal: true,
        state: "scheduled",
        venueCode: "STA",
        venue: "Stade de France",
        city: "Saint-Denis",
        timeZone: "Europe/Paris",
        startsAt: "2028-07-16T17:30:00.000Z",
        endsAt: "2028-07-16T20:00:00.000Z",
      },
    ],
    ticketsLink: "https://tickets.test/tickets",
    orderLink: "https://tickets.test/orders/0198a3c2-0000-7000-8000-000000000000",
  },
  order_refunded: {
    template: "order_refunded",
    reference: "7K3QX9WZ2M",
    amountCents: 120_50,
    reason: "organiser",
    tickets: 2,
    orderLink: "https://tickets.test/orders/0198a3c2-0000-7000-8000-000000000000",
  },
  hand_over_offered: {
    template: "hand_over_offered",
    giver: "Zoé Lefèvre",
    tickets: [ticket],
    expiresAt: readyAt,
    link: link("hand-overs"),
  },
  hand_over_ended: {
    template: "hand_over_ended",
    outcome: "accepted",
    to: "giver",
    other: "sam@example.test",
    tickets: [ticket],
    link: link("tickets"),
  },
  tickets_cancelled: { template: "tickets_cancelled", tickets: [ticket], reason: "session_cancelled" },
};
const all = locales.flatMap((locale) => Object.values(examples).map((content) => ({ locale, content })));

const linksOf = (content: MailContent): string[] =>
  Object.entries(content).flatMap(([name, value]) => (/link$/i.test(name) ? [String(value)] : []));
const hrefsOf = (html: string): string[] =>
  [...html.matchAll(/href="([^"]*)"/g)].map(([, href = ""]) => href.replaceAll("&amp;", "&"));
const bodyOf = (html: string): string => html.slice(html.indexOf("<body"));

describe.each(all)("$content.template in $locale", ({ locale, content }) => {
  it("has a subject of one line that is its heading, and both parts", async () => {
    const { subject, html, text } = await renderMail({ locale, content });
    expect(subject).toMatch(/^\S.{5,70}\S$/u);
    expect(subject).not.toMatch(/[{}<>\r\n]/);
    expect(html).toMatch(new RegExp(`^<!DOCTYPE html[^>]*><html lang="${locale}"`));
    expect(html.match(/<h1/g)).toHaveLength(1);
    expect(text.startsWith(`${subject}\n\n`)).toBe(true);
  });

  it("says its links exactly, in both parts, and no others", async () => {
    const { html, text } = await renderMail({ locale, content });
    const links = linksOf(content);
    expect(new Set(hrefsOf(html))).toEqual(new Set(links));
    expect(
      text
        .split("\n")
        .filter((line) => line.startsWith("https:"))
        .toSorted(),
    ).toEqual(links.toSorted());
    expect(html.match(/class="on-laurel"/g) ?? []).toHaveLength(links.length > 0 ? 1 : 0);
  });

  it("has no hole, no markup in its text, and fetches nothing", async () => {
    const { subject, html, text } = await renderMail({ locale, content });
    for (const part of [subject, text, bodyOf(html)]) {
      expect(part).not.toMatch(/undefined|null|NaN|\[object|\{|mail\.|Invalid/);
    }
    expect(text).not.toMatch(/<\/?[a-z]|&(amp|lt|gt|quot|#)/i);
    expect(html).not.toMatch(/<(img|script|link|iframe|object|form|input)\b|url\(|@import|@font-face|src=/i);
  });
});

describe.each<[Locale, string, string]>([
  ["fr", "samedi 15 juillet 2028 à 00:30, heure de Paris (14 juillet à 22:30 UTC)", "administrateur"],
  ["en", "Saturday, 15 July 2028 at 00:30, Paris time (14 July at 22:30 UTC)", "administrator"],
])("in %s", (locale, moment, role) => {
  it("says a moment in both zones, each with its day", async () => {
    const { text } = await renderMail({ locale, content: examples.factor_reset_requested });
    expect(text).toContain(moment);
  });

  it("says who invites, and as what", async () => {
    const { text } = await renderMail({ locale, content: examples.invitation });
    expect(text).toContain("Zoé Lefèvre ");
    expect(text).toContain(`${role}.`);
    const nobody = await renderMail({ locale, content: { ...examples.invitation, invitedBy: null } });
    expect(nobody.text).not.toContain("Zoé");
  });

  it("shows the code whole, on a line of its own, and not in the subject", async () => {
    const { subject, html, text } = await renderMail({ locale, content: examples.registration_code });
    expect(text.split("\n")).toContain("041907");
    expect(html).toContain(">041907</p>");
    expect(subject).not.toContain("041907");
  });
});

it.each(["email_changed", "factor_reset_completed", "own_factor_reset_requested", "account_deleted"] as const)(
  "says in %s where help is found, and speaks of none where there is none",
  async (template) => {
    const mail = { locale: "en", content: examples[template] } as const;
    const helped = await renderMail({ ...mail, helpContact: "help@example.test" });
    expect(helped.text).toContain("Tell the help desk at once: help@example.test");
    expect(helped.html).toContain("help@example.test");
    expect((await renderMail(mail)).text).not.toContain("help desk");
  },
);

it.each(refundReasons)("says how much goes back, and why: %s", async (reason) => {
  const content = { ...examples.order_refunded, reason };
  const french = await renderMail({ locale: "fr", content });
  expect(french.text).toMatch(/120,50\s€/);
  expect(french.subject).toContain("7K3QX9WZ2M");
  const english = await renderMail({ locale: "en", content });
  expect(english.text).toContain("€120.50");
  expect(english.text.includes("2 tickets")).toBe(reason === "organiser" || reason === "session_cancelled");
});

it("says of free tickets that there is nothing to give back", async () => {
  const content = { ...examples.order_refunded, amountCents: 0 };
  expect((await renderMail({ locale: "fr", content })).text).toMatch(/2 billets gratuits.*rien à rendre/);
  const { text } = await renderMail({ locale: "en", content });
  expect(text).toMatch(/2 free tickets.*nothing to give back/);
  expect(text).not.toContain("€");
  const cancelled = await renderMail({ locale: "en", content: { ...content, reason: "session_cancelled" } });
  expect(cancelled.text).toMatch(/cancelled the competition. 2 tickets.*nothing to give back/);
});

it("says what was paid, for how many tickets, and that it came late only where it did", async () => {
  const textFor = async (locale: Locale, late: boolean): Promise<string> =>
    (await renderMail({ locale, content: { ...examples.order_paid, late } })).text;
  expect(await textFor("fr", false)).toMatch(/240,50\s€.*2 billets/);
  expect(await textFor("en", false)).toMatch(/€240\.50.*2 tickets/);
  expect(await textFor("fr", true)).toContain("après la fin de la réservation");
  expect(await textFor("en", true)).toContain("after the reservation had ended");
  expect(await textFor("fr", false)).not.toContain("réservation");
  expect(await textFor("en", false)).not.toContain("reservation");
});

it("sends the dates of an order along as a calendar file, in the buyer's language, and nothing with other mails", async () => {
  const { attachments } = await renderMail({ locale: "fr", content: examples.order_paid });
  expect(attachments).toMatchObject([
    { fileName: "tessera-7K3QX9WZ2M.ics", contentType: "text/calendar; charset=utf-8" },
  ]);
  expect(attachments[0]?.text).toContain("SUMMARY:Athlétisme · ATH05");
  expect((await renderMail({ locale: "fr", content: examples.order_refunded })).attachments).toEqual([]);
});

it("says how many recovery codes are left", async () => {
  const textFor = async (left: number): Promise<string> =>
    (await renderMail({ locale: "fr", content: { ...examples.recovery_code_used, left } })).text;
  expect(await textFor(0)).toContain("aucun");
  expect(await textFor(1)).toContain("reste un");
  expect(await textFor(7)).toContain("reste 7");
});

describe("what people wrote", () => {
  it.each([
    `<img src=x onerror=alert(1)>`,
    `</p><a href="https://evil.example">click</a>`,
    `{name} {0, plural, other {x}} '{'`,
    `"><script>alert(1)</script>`,
    "&lt;b&gt;",
  ])("is text and nothing else: %s", async (invitedBy) => {
    const { html, text } = await renderMail({ locale: "en", content: { ...examples.invitation, invitedBy } });
    expect(text).toContain(`${invitedBy} invites you`);
    expect(bodyOf(html)).not.toMatch(/<(img|script)|evil\.example"/);
    expect(new Set(hrefsOf(html))).toEqual(new Set([examples.invitation.link]));
  });

  it.each(["\r\nBcc: a@example.test", "\u2028next", "\u0000\u0007", "\u202Egnp.exe", "\u0085x"])(
    "stays on its line and in its direction: %j",
    async (troublesome) => {
      const content = { ...examples.invitation, invitedBy: `Eve${troublesome}` };
      const plain = await renderMail({ locale: "en", content: { ...content, invitedBy: "Eve" } });
      const { subject, text } = await renderMail({ locale: "en", content });
      expect(subject).toBe(plain.subject);
      expect(text.split(/[\r\n\u0085\u2028\u2029]/)).toHaveLength(plain.text.split("\n").length);
      expect(text.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
    },
  );
});
