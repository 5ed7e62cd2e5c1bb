import { z } from "zod";

// In a browser the content security policy forbids compiled checks, and reports even the attempt.
if ("document" in globalThis) z.config({ jitless: true });

/**
 * What somebody may type. PostgreSQL keeps no NUL, and UTF-8 no half of a surrogate pair: they would come back as
 * something else, and so are not let in. Refused with `control_characters`.
 */
export const freeText = z
  .string()
  .refine((text) => !text.includes("\u0000") && text.isWellFormed(), "control_characters");

/** RFC 9562 lets a UUID come in capitals; PostgreSQL answers in small letters, and only what is the same text is found again. */
const uuid = z.uuid().toLowerCase();

/** UUIDv7, made in the application; in small letters after it was checked. */
export const id = uuid;

/** Integer cents. */
export const cents = z.int().min(0).max(1_000_000_00);

/** ISO 4217. The Games sell in one currency. */
export const currency = z.literal("EUR");
export type Currency = z.infer<typeof currency>;

/** A moment: a Date inside the server, ISO 8601 in UTC on the wire. */
export const instant = z.date().transform((date) => date.toISOString());

/** A moment sent by a client. */
export const instantInput = z.iso.datetime({ offset: true });

/** Words that an admin gives in both languages. */
export const localized = z.object({ fr: freeText.trim().min(1).max(120), en: freeText.trim().min(1).max(120) });

/** Chosen by the client, unique by account: the same key, in whichever letters, is the same wish (DESIGN section 4). */
export const idempotencyKey = uuid;

/** Bytes on the wire: base64url without padding, in the one way in which these bytes can be written (RFC 4648). */
export const base64url = z.string().regex(/^(?:[\w-]{4})*(?:[\w-][AQgw]|[\w-]{2}[AEIMQUYcgkosw048])?$/);

/** What core gives for an output of the API, before it is written to the wire: its moments are Dates. */
export type Facts<Schema extends z.ZodType> = z.input<Schema>;

/** What core gets for an input, after it was checked. */
export type Given<Schema extends z.ZodType> = z.output<Schema>;
