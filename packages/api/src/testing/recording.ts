import type { Audience } from "@tessera/contracts";
import { type CoreContext, createCoreContext } from "@tessera/core";
import { openBrowser } from "./browser.ts";

/** What a procedure answered, as JSON: also a refusal. */
export type Answer = { path: string; text: string };

/** Something that no answer may hold, and the only procedures that may show it after all. */
export type Secret = { what: string; bytes: Buffer; shownBy: readonly string[] };

/**
 * The same business, and every secret that it seals, opens or hashes. A mail holds what stands behind the `#` of its
 * links; a TOTP secret is shown once, to be enrolled.
 */
export function recordSecrets(ctx: CoreContext): { ctx: CoreContext; secrets: Secret[] } {
  const secrets: Secret[] = [];
  const keep = (kind: string, bytes: Buffer): void => {
    if (kind === "mail") {
      for (const [, token = ""] of bytes.toString().matchAll(/#([\w-]{43})"/g)) {
        secrets.push({ what: "the token of a mailed link", bytes: Buffer.from(token, "base64url"), shownBy: [] });
      }
    } else {
      const shownBy = kind === "totp" ? ["auth.factors.beginTotpEnrolment"] : [];
      secrets.push({ what: `a secret of the kind ${kind}`, bytes, shownBy });
    }
  };
  const { keyring, passwords } = ctx;
  const recording = createCoreContext({
    ...ctx,
    keyring: {
      seal(kind, secret, place) {
        keep(kind, Buffer.from(secret));
        return keyring.seal(kind, secret, place);
      },
      open(kind, sealed, place) {
        const secret = keyring.open(kind, sealed, place);
        keep(kind, secret);
        return secret;
      },
    },
    passwords: {
      ...passwords,
      async hash(password) {
        const hash = await passwords.hash(password);
        secrets.push({ what: "a password", bytes: Buffer.from(password), shownBy: [] });
        secrets.push({ what: "the hash of a password", bytes: Buffer.from(hash), shownBy: [] });
        return hash;
      },
    },
  });
  return { ctx: recording, secrets };
}

/** Browsers whose every answer is kept, with the tokens that their cookies held; `after` runs behind each answer. */
export function recordAnswers(core: CoreContext, after: () => Promise<void>) {
  const answers: Answer[] = [];
  const tokens = new Set<string>();
  const open = (audience: Audience, signedBy?: () => string | null) => {
    const browser = openBrowser(core, audience, signedBy);
    return {
      get api() {
        return recorded(browser.api, [], async ({ path, text }) => {
          answers.push({ path, text });
          if (browser.token !== null) tokens.add(browser.token);
          await after();
        });
      },
    };
  };
  return { open, answers, tokens };
}

/** A caller that tells what each procedure answered, or with which refusal. */
function recorded<Caller extends object>(
  caller: Caller,
  names: readonly string[],
  tell: (answer: Answer) => Promise<void>,
): Caller {
  return new Proxy(caller, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      const nested = typeof member === "object" || typeof member === "function";
      return nested && member !== null ? recorded(member, [...names, String(name)], tell) : member;
    },
    async apply(target, self, given) {
      if (typeof target !== "function") throw new TypeError(names.join("."));
      const path = names.join(".");
      try {
        const answer: unknown = await Reflect.apply(target, self, given);
        if (isLive(answer)) return tellEach(answer, (text) => tell({ path, text }));
        await tell({ path, text: JSON.stringify(answer) });
        return answer;
      } catch (error) {
        const refusal: unknown = Reflect.get(Object(error), "cause");
        await tell({ path, text: JSON.stringify({ refused: String(error), refusal }) });
        throw error;
      }
    },
  });
}

const isLive = (answer: unknown): answer is AsyncIterable<unknown> =>
  typeof answer === "object" && answer !== null && Symbol.asyncIterator in answer;

async function* tellEach(events: AsyncIterable<unknown>, tell: (text: string) => Promise<void>) {
  for await (const event of events) {
    await tell(JSON.stringify(event));
    yield event;
  }
}

/** The answers that hold a secret in any form that JSON could give its bytes. */
export function leaksIn(answers: readonly Answer[], secrets: readonly Secret[]): { path: string; what: string }[] {
  // Of something shorter a likeness may be chance.
  const long = secrets.filter(({ bytes }) => bytes.length >= 12);
  const forms = new Map<string, Secret>();
  for (const secret of long) for (const form of formsOf(secret.bytes)) forms.set(form, secret);
  const leaks = new Map<string, { path: string; what: string }>();
  for (const { path, text } of answers) {
    for (const [form, { what, shownBy }] of forms) {
      if (text.includes(form) && !shownBy.includes(path)) leaks.set(`${path} ${what}`, { path, what });
    }
  }
  return [...leaks.values()];
}

function formsOf(bytes: Buffer): string[] {
  return [
    bytes.toString("hex"),
    bytes.toString("hex").toUpperCase(),
    bytes.toString("base64").replace(/=+$/, ""),
    bytes.toString("base64url"),
    base32(bytes),
    [...bytes].join(","),
    // As text, where it is some.
    ...(/^[\x20-\x7e]+$/.test(bytes.toString("latin1")) ? [JSON.stringify(bytes.toString()).slice(1, -1)] : []),
  ];
}

/** RFC 4648, without padding: what authenticator apps take. */
function base32(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  return (bits.match(/.{1,5}/g) ?? []).map((five) => alphabet.charAt(Number.parseInt(five.padEnd(5, "0"), 2))).join("");
}
