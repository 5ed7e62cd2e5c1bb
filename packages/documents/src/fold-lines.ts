const mostOctets = 75;

/**
 * Folds the lines of an iCalendar text at 75 octets, between characters (RFC 5545, section 3.1). The `ics` package counts
 * UTF-16 units instead, and so a French line of its own is too long.
 *
 * @param text with CRLF line ends, folded in any way or not at all
 */
export function foldLines(text: string): string {
  return text
    .replaceAll(/\r\n[\t ]/g, "")
    .split("\r\n")
    .map(foldLine)
    .join("\r\n");
}

function foldLine(line: string): string {
  let folded = "";
  let octets = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (octets + size > mostOctets) {
      folded += "\r\n ";
      octets = 1;
    }
    folded += character;
    octets += size;
  }
  return folded;
}
