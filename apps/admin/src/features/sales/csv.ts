/**
 * A table as CSV by RFC 4180: comma, CRLF, quotes where they are needed. It begins with a byte order mark, without which
 * spreadsheets read UTF-8 wrong. What a spreadsheet would take for a formula is given a leading apostrophe (OWASP, CSV
 * injection): names come from people.
 */
export function toCsv(rows: readonly (readonly (string | number)[])[]): string {
  return `\uFEFF${rows.map((row) => row.map(toField).join(",")).join("\r\n")}\r\n`;
}

function toField(value: string | number): string {
  if (typeof value === "number") return String(value);
  const safe = /^[=+\-@\t\r\n]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Integer cents as a decimal number that every spreadsheet reads: `1234.50`. */
export function toDecimal(cents: number): string {
  const sign = cents < 0 ? "-" : "";
  const digits = String(Math.abs(cents)).padStart(3, "0");
  return `${sign}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
