export const passwordMinLength = 12;
export const passwordMaxLength = 256;

/** How long a password is: characters (code points) in Unicode's form C, however the keyboard wrote them. */
export function passwordLength(password: string): number {
  return Array.from(password.normalize("NFC")).length;
}
