/**
 * The nonce that the server put into this page for its Content-Security-Policy, in Vite's convention:
 * `<meta property="csp-nonce" nonce="…">`. Empty where there is no policy (development).
 */
export function styleNonce(): string {
  // Browsers hide the attribute from selectors and `getAttribute`, so that CSS cannot leak it; the property has it.
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? "";
}

/** A dialog's scroll lock makes a style of its own, and asks this global for the nonce instead of Mantine. */
export function shareStyleNonce(): void {
  Object.assign(globalThis, { __webpack_nonce__: styleNonce() });
}
