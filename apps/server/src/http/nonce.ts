/** Stands in a page for the nonce of the response that will carry it. */
export const noncePlaceholder = "tessera-nonce-placeholder";

/**
 * Marks where a page needs the nonce, in Vite's convention: `<meta property="csp-nonce" nonce="…">`, which styles added
 * later are read from, and the attribute on every script, style and link.
 */
export function withNoncePlaceholder(page: string): string {
  const attribute = ` nonce="${noncePlaceholder}"`;
  const meta = `<meta property="csp-nonce"${attribute}>`;
  return page
    .replaceAll(/<meta property="?csp-nonce"?[^>]*>/g, "")
    .replaceAll(/(<(?:script|style|link)\b[^>]*?)\snonce(?:="[^"]*")?(?=[\s>/])/g, "$1")
    .replaceAll(/<(script|style|link)\b/g, `<$1${attribute}`)
    .replace(/<head[^>]*>/, (head) => head + meta);
}
