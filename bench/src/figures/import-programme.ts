import { type Bench, importRows } from "../bench.ts";
import { bulkInsert, emptyCatalogue, readCatalogueRows } from "../limits/bulk-insert.ts";
import { measureInTurns, median, secondsOf } from "../measure.ts";
import type { Figure } from "../report.ts";

/** The full programme into an empty database, and again when nothing has changed. Reading the file is not in it. */
export async function measureImport({ ctx, rows, owner }: Bench): Promise<Figure[]> {
  const catalogue = await readCatalogueRows(owner);
  const rounds = await measureInTurns(5, async () => {
    await emptyCatalogue(owner);
    const bulk = await secondsOf(() => bulkInsert(owner, catalogue));
    await emptyCatalogue(owner);
    const first = await secondsOf(() => importRows(ctx, rows));
    const again = await secondsOf(() => importRows(ctx, rows));
    return { bulk, first, again };
  });
  const ratio = median(rounds.map(({ first, bulk }) => first / bulk));
  return [
    { name: "programme_import_s", value: median(rounds.map(({ first }) => first)), unit: "s", goal: null },
    { name: "programme_import_again_s", value: median(rounds.map(({ again }) => again)), unit: "s", goal: null },
    { name: "programme_import_over_bulk_insert", value: ratio, unit: "", goal: null },
  ];
}
