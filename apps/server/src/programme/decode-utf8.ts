/** A text file that cannot be read on: the fault's line (from 1) and what is wrong. */
export class FileFault extends Error {
  override readonly name = "FileFault";
  readonly line: number;

  constructor(line: number, message: string) {
    super(message);
    this.line = line;
  }
}

const newline = 0x0a;
const longestLine = 64 * 1024;

/**
 * Decodes UTF-8 strictly, in pieces of whole lines, without a byte order mark. A line feed is never part of a longer
 * UTF-8 sequence, so that every line can be decoded by itself and a fault has a line number.
 *
 * @throws FileFault at the first line that is not UTF-8, or is longer than 64 KiB
 */
export async function* decodeUtf8(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let rest = Buffer.alloc(0);
  let line = 1;
  for await (const chunk of chunks) {
    const bytes = Buffer.concat([rest, chunk]);
    const end = bytes.lastIndexOf(newline) + 1;
    const whole = bytes.subarray(0, end);
    rest = bytes.subarray(end);
    if (whole.length > 0) yield decodeLines(whole, line);
    line += countLines(whole);
    if (rest.length > longestLine) throw new FileFault(line, "is far too long for a line of a CSV file");
  }
  if (rest.length > 0) yield decodeLines(rest, line);
}

function decodeLines(bytes: Buffer, firstLine: number): string {
  const text = tryDecode(bytes);
  if (text !== null) return text;
  let line = firstLine;
  let start = 0;
  for (let end = bytes.indexOf(newline); end >= 0; end = bytes.indexOf(newline, start)) {
    if (tryDecode(bytes.subarray(start, end)) === null) break;
    start = end + 1;
    line += 1;
  }
  throw new FileFault(line, "is not UTF-8. Save the file as CSV in UTF-8");
}

function tryDecode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function countLines(bytes: Uint8Array): number {
  let count = 0;
  for (const byte of bytes) if (byte === newline) count += 1;
  return count;
}
