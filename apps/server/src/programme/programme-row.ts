import { categories, category, competitionSessionCode } from "@tessera/contracts";
import type { ProgrammeColumn, ProgrammeFileRow } from "@tessera/core";
import { z } from "zod";
import { readMoment } from "./moment.ts";

// A family of four costs four times the price, and an offer at most a million.
const highestPriceCents = 250_000_00;
const largestCapacity = 1_000_000;

/** Text in one line, in composed form, so that the same name compares equal whatever keyboard it was typed on. */
const text = (longest: number) =>
  z
    .string()
    .trim()
    .normalize("NFC")
    .max(longest, `is longer than ${longest} characters`)
    .regex(/^\P{Cc}*$/u, "contains a control character or a line break");
const requiredText = (longest: number) => text(longest).min(1, "is empty");

/** What a schema accepts, with a message that shows what is there instead. */
const checked = <Value>(schema: z.ZodType<Value>, message: string) =>
  z
    .string()
    .trim()
    .transform((written, ctx) => {
      const parsed = schema.safeParse(written);
      if (parsed.success) return parsed.data;
      ctx.addIssue(`${quote(written)} ${message}`);
      return z.NEVER;
    });

const quote = (written: string): string => JSON.stringify(written.slice(0, 40));

/** Euros as they are written in the file, to cents: digits only, never a float. Null when it is not a price. */
export function parsePrice(written: string): number | null {
  const match = /^(\d{1,7})(?:\.(\d{1,2}))?$/.exec(written);
  if (match === null) return null;
  const [, euros = "", hundredths = ""] = match;
  return Number(euros) * 100 + Number(hundredths.padEnd(2, "0"));
}

const price = z
  .string()
  .trim()
  .transform((written, ctx) => {
    const cents = parsePrice(written);
    if (cents === null || cents > highestPriceCents) {
      const most = highestPriceCents / 100;
      ctx.addIssue(`${quote(written)} is not a price in euros, from 0 to ${most}, with a point and at most 2 decimals`);
      return z.NEVER;
    }
    return cents;
  });

const capacity = z
  .string()
  .trim()
  .transform((written, ctx) => {
    const seats = /^\d{1,9}$/.test(written) ? Number(written) : 0;
    if (seats < 1 || seats > largestCapacity) {
      ctx.addIssue(`${quote(written)} is not a whole number from 1 to ${largestCapacity}`);
      return z.NEVER;
    }
    return seats;
  });

const moment = (timeZone: string) =>
  z
    .string()
    .trim()
    .transform((written, ctx) => {
      const read = readMoment(written, timeZone);
      if ("problem" in read) {
        ctx.addIssue(read.problem);
        return z.NEVER;
      }
      return read.moment;
    });

/** A row by the names of its columns, whose times are those of a zone. Messages are for the person who made the file. */
export const programmeRowSchema = (timeZone: string) =>
  z
    .object({
      session_code: checked(competitionSessionCode, "is not a code like ATH05: three letters or digits, then a number"),
      discipline_code: checked(z.string().regex(/^[A-Z0-9]{3}$/), "is not a code of three letters or digits like ATH"),
      discipline: requiredText(120),
      events: requiredText(1000),
      phases: text(2000),
      medal_session: checked(z.enum(["yes", "no"]), "is neither yes nor no"),
      venue_code: checked(z.string().regex(/^[A-Z0-9]{2,8}$/), "is not a code of two to eight letters or digits"),
      venue: requiredText(120),
      city: requiredText(120),
      starts_at: moment(timeZone),
      ends_at: moment(timeZone),
      category: checked(category, `is none of ${categories.join(", ")}`),
      price_eur: price,
      capacity,
    } satisfies Record<ProgrammeColumn, z.ZodType>)
    .transform((row): Omit<ProgrammeFileRow, "line"> => ({
      code: row.session_code,
      disciplineCode: row.discipline_code,
      discipline: row.discipline,
      events: row.events,
      phases: row.phases,
      medal: row.medal_session === "yes",
      venueCode: row.venue_code,
      venue: row.venue,
      city: row.city,
      startsAt: row.starts_at,
      endsAt: row.ends_at,
      category: row.category,
      priceCents: row.price_eur,
      capacity: row.capacity,
    }));
