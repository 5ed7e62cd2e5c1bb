/** What a browser says its system is, and what its owner calls it. The first that fits. */
const systems: readonly (readonly [RegExp, string])[] = [
  [/iPhone/, "iPhone"],
  [/iPad/, "iPad"],
  [/Android/, "Android"],
  [/Windows/, "Windows"],
  [/Macintosh|Mac OS/, "Mac"],
  [/CrOS/, "Chromebook"],
  [/Linux/, "Linux"],
];

/**
 * A first name for a passkey, which its owner may change: the device that it was made on. Empty where that is not known.
 *
 * @param userAgent `navigator.userAgent`
 */
export function deviceName(userAgent: string): string {
  return systems.find(([pattern]) => pattern.test(userAgent))?.[1] ?? "";
}
