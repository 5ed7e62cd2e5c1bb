// No schema in this file: the client signs with it, and shares nothing else with the server's check.

/** What a tablet signs of a request (RFC 9421, 2.2): nothing less, nothing more, in this order. */
const components = `("@method" "@path" "@query" "content-digest")`;

/** Under which name the signature stands in both headers. */
export const signatureLabel = "sig";

/** How far the moment of signing may be from the server's, in milliseconds. */
export const signatureToleranceMs = 5 * 60_000;

/**
 * The parameters of a signature in the one way that we write them (RFC 9421, 2.3), and so the one that is read.
 *
 * @param signed.created unix seconds
 * @param signed.keyId the tablet's id
 */
export function signatureParams({ created, keyId }: { created: number | string; keyId: string }): string {
  return `${components};created=${created};keyid="${keyId}";alg="ed25519"`;
}

/** What is signed (RFC 9421, 2.5), in UTF-8. */
export function signatureBase(request: {
  /** In upper case. */
  method: string;
  /** As on the wire: a path that begins with `/`, and after a `?` the query, if there is one. */
  target: string;
  /** Of the body (RFC 9530). */
  contentDigest: string;
  params: string;
}): string {
  const { method, target, contentDigest, params } = request;
  const [path = ""] = target.split("?", 1);
  return [
    `"@method": ${method}`,
    `"@path": ${path}`,
    // The sign alone stands for no query.
    `"@query": ${target.slice(path.length) || "?"}`,
    `"content-digest": ${contentDigest}`,
    `"@signature-params": ${params}`,
  ].join("\n");
}

/** The value of `Content-Digest` (RFC 9530), or of a signature: bytes in base64 under a name. */
export const structuredBytes = (name: string, base64: string): string => `${name}=:${base64}:`;
