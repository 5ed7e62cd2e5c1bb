import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import {
  gatherProgramme,
  type ProgrammeColumn,
  programmeColumns,
  type ProgrammeEntries,
  type ProgrammeFileRow,
  type RowError,
} from "@tessera/core";
import { CsvError, parse } from "csv-parse";
import { decodeUtf8, FileFault } from "./decode-utf8.ts";
import { shifter } from "./moment.ts";
import { programmeRowSchema } from "./programme-row.ts";

export type ReadOptions = {
  /** IANA name of the zone of all venues: offsets in the file must be its own. */
  timeZone: string;
  /** YYYY-MM-DD: what the first competition day becomes; all other days move by as many. */
  shiftTo?: string | undefined;
};

export type ProgrammeFile = { rows: number; programme: ProgrammeEntries; errors: RowError[] };

const longestRecord = 64 * 1024;

/**
 * Reads a programme file by its path: see `readProgramme`. One that cannot be opened rejects with Node's system error.
 *
 * @param onProgress told of the number of bytes read so far
 */
export function readProgrammeFile(
  path: string,
  options: ReadOptions,
  onProgress?: (bytesRead: number) => void,
): Promise<ProgrammeFile> {
  const stream = createReadStream(path);
  if (onProgress !== undefined) stream.on("data", () => onProgress(stream.bytesRead));
  return readProgramme(stream, options);
}

/**
 * Reads a programme (docs/programme-format.md) as it comes and checks every row and the rows against each other.
 * Gives all errors in the order of their lines; the programme is good only when there is none. A file that is not CSV
 * is read up to that fault, which is the last error.
 */
export async function readProgramme(bytes: AsyncIterable<Buffer>, options: ReadOptions): Promise<ProgrammeFile> {
  const { rows, errors } = await readRows(bytes, programmeRowSchema(options.timeZone));
  if (options.shiftTo !== undefined) shiftRows(rows, options.shiftTo, options.timeZone);
  const gathered = gatherProgramme(rows);
  const all = [...errors, ...gathered.errors].toSorted((one, other) => one.line - other.line);
  return { rows: rows.length, programme: gathered.programme, errors: all };
}

function shiftRows(rows: readonly ProgrammeFileRow[], firstDay: string, timeZone: string): void {
  const shift = shifter(
    rows.map((row) => row.startsAt),
    firstDay,
    timeZone,
  );
  for (const row of rows) {
    row.startsAt = shift(row.startsAt);
    row.endsAt = shift(row.endsAt);
  }
}

type RowSchema = ReturnType<typeof programmeRowSchema>;

async function readRows(
  bytes: AsyncIterable<Buffer>,
  schema: RowSchema,
): Promise<{ rows: ProgrammeFileRow[]; errors: RowError[] }> {
  const rows: ProgrammeFileRow[] = [];
  const errors: RowError[] = [];
  let records = 0;
  let lastLine = 0;
  // Called for each record while it is parsed. Records that waited in the stream would be lost at a fault behind them.
  const onRecord = (record: string[], { lines }: { lines: number }): null => {
    const line = lastLine + 1 + blankLines(record, lines - lastLine);
    lastLine = lines;
    records += 1;
    if (records === 1) requireHeader(record, line);
    else readRow(record, line, schema, rows, errors);
    return null;
  };
  const parser = parse({
    record_delimiter: ["\r\n", "\n"],
    // Counted in readRow, where it is one error of many.
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: longestRecord,
    on_record: onRecord,
  });
  try {
    await pipeline(Readable.from(decodeUtf8(bytes)), parser.resume());
    if (records === 0) throw new FileFault(1, "The file is empty");
    if (records === 1) throw new FileFault(1, "The file has a header and no rows");
  } catch (error) {
    errors.push(toRowError(error, lastLine));
  }
  return { rows, errors };
}

/** Where a record begins: `taken` lines went by, of which its own are as many as it has line breaks in its fields. */
function blankLines(record: readonly string[], taken: number): number {
  const own = 1 + record.reduce((count, field) => count + field.split("\n").length - 1, 0);
  return Math.max(0, taken - own);
}

function requireHeader(record: readonly string[], line: number): void {
  const names = record.map((name) => name.trim());
  if (names.length === programmeColumns.length && programmeColumns.every((name, at) => names[at] === name)) return;
  if (names.length === 1 && names[0]?.includes(";")) {
    throw new FileFault(line, "The columns are separated by semicolons. Separate them by commas");
  }
  throw new FileFault(line, `The header is not the expected one. It must be: ${programmeColumns.join(",")}`);
}

function readRow(
  record: readonly string[],
  line: number,
  schema: RowSchema,
  rows: ProgrammeFileRow[],
  errors: RowError[],
): void {
  if (record.length !== programmeColumns.length) {
    errors.push({ line, column: null, message: `has ${record.length} columns instead of ${programmeColumns.length}` });
    return;
  }
  const parsed = schema.safeParse(Object.fromEntries(programmeColumns.map((name, at) => [name, record[at]])));
  if (parsed.success) rows.push({ line, ...parsed.data });
  else errors.push(...parsed.error.issues.map(({ path, message }) => ({ line, column: toColumn(path[0]), message })));
}

const toColumn = (key: PropertyKey | undefined): ProgrammeColumn | null =>
  programmeColumns.find((name) => name === key) ?? null;

function toRowError(error: unknown, lastLine: number): RowError {
  if (error instanceof FileFault) return { line: error.line, column: null, message: error.message };
  if (error instanceof CsvError) return { line: faultyLine(error, lastLine), column: null, message: csvFault(error) };
  throw error;
}

/** A quote that is never closed is found at the end of the file; the row that it opens in helps more. */
const faultyLine = (error: CsvError, lastLine: number): number => {
  const lines: unknown = error["lines"];
  const runsOn = error.code === "CSV_QUOTE_NOT_CLOSED" || error.code === "CSV_MAX_RECORD_SIZE";
  return runsOn || typeof lines !== "number" ? lastLine + 1 : lines;
};

function csvFault({ code, message }: CsvError): string {
  switch (code) {
    case "CSV_QUOTE_NOT_CLOSED":
    case "CSV_MAX_RECORD_SIZE":
      return 'opens a quote (") that is not closed. The rest of the file was not read';
    case "INVALID_OPENING_QUOTE":
    case "CSV_INVALID_CLOSING_QUOTE":
      return 'has a quote (") inside a field. Write such a field in quotes, with its quotes doubled. The rest of the file was not read';
    default:
      return `is not CSV: ${message}. The rest of the file was not read`;
  }
}
