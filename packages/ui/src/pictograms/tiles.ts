/**
 * A pictogram is six rows of six cells, each one tile:
 *
 * - `.` nothing, `#` a square
 * - `a` `b` `c` `d` a triangle with its right angle at the top left, top right, bottom right, bottom left
 * - `A` `B` `C` `D` a quarter disc with its centre at the same corners
 *
 * So `CD` over `BA` is a disc, and `cd` a roof.
 */
export const gridSize = 6;

/** The outline of each tile that is not a square, in a cell of 1 × 1 whose top left corner is at x, y. */
const outlines: Record<string, (x: number, y: number) => string> = {
  a: (x, y) => `M${x} ${y}h1l-1 1z`,
  b: (x, y) => `M${x} ${y}h1v1z`,
  c: (x, y) => `M${x + 1} ${y}v1h-1z`,
  d: (x, y) => `M${x} ${y}l1 1h-1z`,
  A: (x, y) => `M${x} ${y}h1a1 1 0 0 1-1 1z`,
  B: (x, y) => `M${x} ${y}h1v1a1 1 0 0 1-1-1z`,
  C: (x, y) => `M${x + 1} ${y}v1h-1a1 1 0 0 1 1-1z`,
  D: (x, y) => `M${x} ${y}a1 1 0 0 1 1 1h-1z`,
};

/**
 * Draws a pictogram.
 *
 * @param tiles six rows of six cells, separated by spaces
 * @returns the `d` of one SVG path on a 6 × 6 view box. Squares that touch in a row are one rectangle, so that no
 * hairline shows between them.
 */
export function pathOf(tiles: string): string {
  return tiles.split(" ").map(rowPath).join("");
}

function rowPath(row: string, y: number): string {
  return [...row.matchAll(/#+|[a-dA-D]/g)]
    .map(({ 0: run, index: x }) =>
      run.startsWith("#") ? `M${x} ${y}h${run.length}v1h-${run.length}z` : (outlines[run]?.(x, y) ?? ""),
    )
    .join("");
}
