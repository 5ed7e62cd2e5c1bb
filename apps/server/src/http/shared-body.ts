import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const brotli = promisify(brotliCompress);
const gunzipable = promisify(gzip);

const encodings = ["br", "gzip"] as const;
type Encoding = (typeof encodings)[number];

/** Bytes that many ask for: each compressed form is made once, when the first client wants it. */
export class SharedBody {
  readonly bytes: Buffer;
  readonly contentType: string;
  readonly etag: string;
  readonly #quality: number;
  readonly #forms = new Map<Encoding, Promise<Buffer>>();

  /** @param quality brotli's, 1 to 11: high for what stays, low for what is replaced in a second */
  constructor(bytes: Buffer, contentType: string, quality: number) {
    this.bytes = bytes;
    this.contentType = contentType;
    this.etag = `"${createHash("sha256").update(bytes).digest("base64url").slice(0, 22)}"`;
    this.#quality = quality;
  }

  /** The answer to one request: nothing if the client has it already (RFC 9110, If-None-Match), else its best form. */
  async answer(request: Request, headers: Record<string, string>): Promise<Response> {
    const encoding = this.#isWorthCompressing()
      ? acceptedEncoding(request.headers.get("accept-encoding") ?? undefined, encodings)
      : undefined;
    const etag = encoding === undefined ? this.etag : `${this.etag.slice(0, -1)}-${encoding}"`;
    const shared = { ...headers, etag, vary: "accept-encoding" };
    if (knows(request.headers.get("if-none-match"), etag)) return new Response(null, { status: 304, headers: shared });

    const body = encoding === undefined ? this.bytes : await this.#compressed(encoding);
    const length = String(body.length);
    return new Response(request.method === "HEAD" ? null : new Uint8Array(body), {
      headers: {
        ...shared,
        "content-type": this.contentType,
        "content-length": length,
        ...(encoding === undefined ? {} : { "content-encoding": encoding }),
      },
    });
  }

  #isWorthCompressing(): boolean {
    return this.bytes.length > 1024 && /text|json|javascript|xml|wasm|manifest/.test(this.contentType);
  }

  #compressed(encoding: Encoding): Promise<Buffer> {
    const made = this.#forms.get(encoding) ?? this.#compress(encoding);
    this.#forms.set(encoding, made);
    return made;
  }

  #compress(encoding: Encoding): Promise<Buffer> {
    return encoding === "br"
      ? brotli(this.bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: this.#quality } })
      : gunzipable(this.bytes);
  }
}

/** The first of ours that the client takes. Its order of preference does not matter: brotli serves it best. */
export function acceptedEncoding<Ours extends Encoding>(
  header: string | undefined,
  ours: readonly Ours[],
): Ours | undefined {
  const accepted = new Map(
    (header ?? "").split(",").map((part): [string, boolean] => {
      const [name = "", ...parameters] = part
        .trim()
        .toLowerCase()
        .split(/\s*;\s*/);
      return [name, !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter))];
    }),
  );
  return ours.find((encoding) => accepted.get(encoding));
}

function knows(ifNoneMatch: string | null, etag: string): boolean {
  const tags = (ifNoneMatch ?? "").split(",").map((tag) => tag.trim().replace(/^W\//, ""));
  return tags.includes(etag) || tags.includes("*");
}
