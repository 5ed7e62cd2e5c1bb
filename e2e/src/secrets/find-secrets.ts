import { encodeBase45 } from "@tessera/pass";

/** Bytes that nobody may see, and what they are. */
export type Secret = { readonly what: string; readonly bytes: Uint8Array };

/** Something that somebody sees or keeps: what it is, and all of it. */
export type Shown = { readonly where: string; readonly bytes: Uint8Array };

export type Found = { readonly what: string; readonly where: string };

/** Of something shorter a likeness may be chance. */
const shortest = 12;
/** Enough to tell one form from all others at a glance; what follows is then compared. */
const headLength = 4;

/** Every place in which a secret stands, as it is or in any form that a text could give its bytes. */
export function findSecrets(secrets: readonly Secret[], places: readonly Shown[]): Found[] {
  const forms = new Map<number, { what: string; form: Buffer }[]>();
  for (const { what, bytes } of secrets) {
    if (bytes.length < shortest) throw new RangeError(`${what} is too short to be looked for`);
    for (const form of formsOf(bytes)) {
      const head = form.readUInt32BE(0);
      forms.set(head, [...(forms.get(head) ?? []), { what, form }]);
    }
  }
  const found = new Map<string, Found>();
  for (const { where, bytes } of places) {
    const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let at = 0; at <= all.length - headLength; at += 1) {
      for (const { what, form } of forms.get(all.readUInt32BE(at)) ?? []) {
        if (all.subarray(at, at + form.length).equals(form)) found.set(`${what} ${where}`, { what, where });
      }
    }
  }
  return [...found.values()];
}

/** As bytes, hex, base64, base64url, base45 and numbers with commas, also amid something longer. */
function formsOf(secret: Uint8Array): Buffer[] {
  const bytes = Buffer.from(secret);
  const hex = bytes.toString("hex");
  const texts = [hex, hex.toUpperCase(), [...bytes].join(","), [...bytes].join(", ")];
  // Three bytes are four characters of base64, and two are three of base45: amid something longer, those characters tell
  // that a secret fills alone. They are others for each place at which it can begin.
  for (const skipped of [0, 1, 2]) {
    const whole = bytes.subarray(skipped, bytes.length - ((bytes.length - skipped) % 3));
    texts.push(whole.toString("base64"), whole.toString("base64url"));
  }
  for (const skipped of [0, 1]) {
    texts.push(encodeBase45(bytes.subarray(skipped, bytes.length - ((bytes.length - skipped) % 2))));
  }
  return [bytes, ...texts.map((text) => Buffer.from(text))];
}
