import type { Audience, Locale, MailContent, PaperTicket, Role } from "@tessera/contracts";

/** Where a request comes from, as the transport saw it. */
export type Requester = {
  /** The client's network address; behind proxies that are trusted, what they say it is. */
  address: string;
  /** Scheme, host and port that the browser asked, one of ours. */
  origin: string;
  /** The `User-Agent` header, cut to 500 characters; empty without one. */
  userAgent: string;
  /** A solved proof of work that came with the request, not checked yet. */
  proof: string | null;
};

export type Clock = () => Date;
/** Bytes from the system's random source. */
export type RandomBytes = (count: number) => Buffer;

/** What the organiser has decided. Durations are in the unit of their name. */
export type Policy = {
  /** Part of what every pass signs: a code of other Games is never good here. */
  gamesId: string;
  /** Shown in authenticator apps. */
  totpIssuer: string;
  holdMinutes: number;
  /** How long a hold lives once payment has started: as long as the provider's page. */
  paymentMinutes: number;
  /** From the reservation: no hold lives longer, however often a payment is started. */
  longestHoldMinutes: number;
  /** Hours before the gates open; null: from the purchase on (demo). */
  activationOpensHours: number | null;
  gatesOpenMinutes: number;
  /** Demo: the gates of every competition session are open now. */
  gatesAlwaysOpen: boolean;
  listMaxAgeSeconds: number;
  /** Minutes before the gates open from which no ticket is offered, handed over or printed. */
  handOverClosesMinutes: number;
  /** How long an offer of a ticket stands. */
  handOverDays: number;
  /** How often a ticket may change its device, or go onto paper, within 24 hours. */
  movesPerDay: number;
  stepUpMinutes: number;
  /** How long a tablet's one-time code is good; whoever compares has 10 minutes more. */
  scannerCodeMinutes: number;
  /** How long somebody works with a tablet by one sign-in, with a network or without. */
  shiftHours: number;
  /** How often a supervisor may decide against a tablet, in one shift. */
  overridesPerShift: number;
  /** Where the pages of each app are, for links in mails: absolute, ending with a slash. */
  appUrls: Record<Audience, string>;
  /** The domain that passkeys are bound to (WebAuthn's RP id). Null: the host of whoever asks (demo, development). */
  passkeyDomain: string | null;
};

/** A mail on its way out. `id` is the same at every try, and so a mail that was sent twice can be told. */
export type OutgoingMail = { id: string; to: string; locale: Locale; content: MailContent };

/** Draws a mail and hands it to whoever delivers. Rejects when it could not, and is then asked again. */
export type Mailer = { send(mail: OutgoingMail): Promise<void> };

/** Draws what people take along on paper. */
export type Documents = {
  /** A PDF with a page for each ticket, in one language. Rejects when it could not, and may be asked again. */
  paperTickets(paper: { locale: Locale; tickets: readonly PaperTicket[]; printedAt: Date }): Promise<Uint8Array>;
};

/** Who acts: somebody signed in with both factors. */
export type Actor = {
  accountId: string;
  role: Role;
  displayName: string;
  /** Until when what costs or grants something may be done without another code. */
  steppedUpUntil: Date;
};
