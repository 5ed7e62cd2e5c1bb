import type { RawBuilder } from "kysely";

/**
 * A rule that must hold over all sales. `wrong` gives what breaks it: the `id` of a row of `table`, what was `found`, and
 * what was `expected`, as text.
 */
export type SalesCheck = { name: string; table: string; wrong: RawBuilder<unknown> };
