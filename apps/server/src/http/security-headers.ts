import { createMiddleware } from "hono/factory";
import type { HttpEnvironment } from "./environment.ts";

const yearInSeconds = 31_536_000;

/** A policy's directives, without the ones that every policy has. */
type Directives = Record<string, string>;

function policy(directives: Directives): string {
  const all: Directives = {
    "default-src": "'none'",
    "object-src": "'none'",
    ...directives,
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
  };
  return Object.entries(all)
    .map(([name, value]) => `${name} ${value}`)
    .join("; ");
}

/** For answers that are no documents: whatever a browser takes them for, they load and run nothing. */
const nothing = policy({});

/** For the small pages that the server itself draws: a style sheet and forms, no script. */
export const plainPagePolicy = policy({ "style-src": "'self'", "form-action": "'self'" });

/** For a mail shown as a page: its own styles, and nothing of this origin. */
export const mailPolicy = policy({ "style-src": "'unsafe-inline'", sandbox: "allow-popups" });

/**
 * For an app's documents, with the nonce of this one response, and for its files without: a worker obeys the policy of
 * its own file. WebAssembly is compiled by the scanner only. Texts become markup or scripts only by the page's policy of
 * Trusted Types, which has no name but `default`; Vite's own scripts (`--dev`) know nothing of that.
 */
export function appPolicy({ nonce, wasm, dev = false }: { nonce?: string; wasm: boolean; dev?: boolean }): string {
  const withNonce = nonce === undefined ? "" : ` 'nonce-${nonce}'`;
  return policy({
    "script-src": `'self'${withNonce}${wasm ? " 'wasm-unsafe-eval'" : ""}`,
    "style-src": `'self'${withNonce}`,
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "media-src": "'self' blob:",
    "connect-src": "'self'",
    "worker-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    ...(dev ? {} : { "require-trusted-types-for": "'script'", "trusted-types": "default" }),
  });
}

const features = ["camera", "display-capture", "geolocation", "microphone", "midi", "payment", "serial", "usb"];

/** What a document may ask the device for: nothing, but for the scanner's camera. */
export function permissionsPolicy({ camera }: { camera: boolean }): string {
  return features.map((name) => `${name}=${camera && name === "camera" ? "(self)" : "()"}`).join(", ");
}

/**
 * The headers of every answer that has none of its own in their place.
 *
 * @param options.strictTransport whether a certificate that browsers trust stands before us. Not for a self-signed one:
 * for somebody who trusts it, it would turn every other program on `localhost` to HTTPS for a year.
 */
export function securityHeadersOf(options: { strictTransport: boolean }): Record<string, string> {
  return {
    "Content-Security-Policy": nothing,
    "Permissions-Policy": permissionsPolicy({ camera: false }),
    // Not no-referrer: with that, the Origin of our own forms is null.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
    ...(options.strictTransport ? { "Strict-Transport-Security": `max-age=${yearInSeconds}; includeSubDomains` } : {}),
  };
}

/** Gives every answer those headers; a handler that sets one of its own keeps it. */
export function securityHeaders(options: { strictTransport: boolean }) {
  const always = Object.entries(securityHeadersOf(options));
  return createMiddleware<HttpEnvironment>(async (c, next) => {
    await next();
    for (const [name, value] of always) {
      if (!c.res.headers.has(name)) c.header(name, value);
    }
  });
}
