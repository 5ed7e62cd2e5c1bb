import { createHash, timingSafeEqual } from "node:crypto";
import type { Locale, MailContent } from "@tessera/contracts";
import type { CoreContext } from "../../context.ts";
import { CodedError } from "../../errors.ts";
import { newId } from "../../ids.ts";
import { appLink, mailLink, queueMail } from "../../mail/queue-mail.ts";
import type { RandomBytes, Requester } from "../../ports.ts";
import { findAccountByEmail } from "../accounts.queries.ts";
import {
  countTry,
  deleteRegistrationsExpiredBy,
  giveTryBack,
  insertRegistration,
  type Registration,
} from "./registrations.queries.ts";

const minutes = 30;
const mostWrongCodes = 5;

/**
 * Sends a code to an address that somebody wants to register. The answer is the same whether the address has an account
 * or not; only its owner learns that, by another mail, and then no code fits. Throws what the limits throw.
 */
export async function beginRegistration(
  ctx: Pick<CoreContext, "db" | "clock" | "random" | "keyring" | "attempts" | "policy">,
  { email, locale }: { email: string; locale: Locale },
  requester: Requester,
): Promise<{ registrationId: string }> {
  await ctx.attempts.spend("registration_mail", { account: email, requester });
  const known = await findAccountByEmail(ctx.db, email);
  const id = newId(ctx);
  const code = sixDigits(ctx);
  const createdAt = ctx.clock();
  const expiresAt = new Date(createdAt.getTime() + minutes * 60_000);
  await ctx.db.transaction().execute(async (trx) => {
    // Of an address that has an account no code is told, and none is right by luck either.
    const codeHash = known === undefined ? hashOf(id, code) : ctx.random(32);
    await insertRegistration(trx, { id, email, codeHash, createdAt, expiresAt });
    await queueMail(trx, ctx, {
      to: email,
      locale: known?.locale ?? locale,
      accountId: known?.id ?? null,
      content: known === undefined ? codeMail(ctx, id, code) : knownMail(ctx),
    });
  });
  return { registrationId: id };
}

/** Says whether a code is right, and uses nothing up. Throws as `readRegistration` and as the limits. */
export async function checkRegistrationCode(
  ctx: Pick<CoreContext, "db" | "clock" | "attempts">,
  input: { registrationId: string; code: string },
  requester: Requester,
): Promise<void> {
  const subject = { account: input.registrationId, requester };
  await ctx.attempts.guess("registration_code", subject, () => readRegistration(ctx, input));
}

/**
 * The registration of whoever has its code. Throws `wrong_code`, `registration_expired` (too old, or five wrong codes),
 * or `email_taken` for the right code of an address that was registered meanwhile.
 */
export async function readRegistration(
  { db, clock }: Pick<CoreContext, "db" | "clock">,
  { registrationId, code }: { registrationId: string; code: string },
): Promise<Registration> {
  const registration = await countTry(db, { id: registrationId, now: clock(), mostWrong: mostWrongCodes });
  if (!registration) throw new CodedError("registration_expired");
  if (!timingSafeEqual(registration.codeHash, hashOf(registrationId, code))) throw new CodedError("wrong_code");
  await giveTryBack(db, registrationId);
  // Whoever has the code owns the address, and may know that it got an account meanwhile.
  if (await findAccountByEmail(db, registration.email)) throw new CodedError("email_taken");
  return registration;
}

/** Forgets what nobody has finished; it only keeps the table small, and addresses no longer than needed. */
export async function forgetExpiredRegistrations({ db, clock }: Pick<CoreContext, "db" | "clock">): Promise<void> {
  await deleteRegistrationsExpiredBy(db, clock());
}

function codeMail(ctx: Pick<CoreContext, "policy">, id: string, code: string): MailContent {
  const link = mailLink(ctx, { audience: "shop", kind: "registration", secret: `${id}.${code}` });
  return { template: "registration_code", code, link, minutes };
}

function knownMail(ctx: Pick<CoreContext, "policy">): MailContent {
  const signInLink = appLink(ctx, "shop", "account");
  return { template: "registration_known", signInLink, resetLink: appLink(ctx, "shop", "forgotten-password") };
}

/** Each of the million codes is as likely as any other: numbers above the last whole million are drawn again. */
function sixDigits({ random }: { random: RandomBytes }): string {
  for (;;) {
    const number = random(4).readUInt32BE();
    if (number < 4_294_000_000) return String(number % 1_000_000).padStart(6, "0");
  }
}

/** Salted with the registration. It need not be slow: five tries and half an hour are all there is. */
const hashOf = (id: string, code: string): Buffer => createHash("sha256").update(`${id}/${code}`).digest();
