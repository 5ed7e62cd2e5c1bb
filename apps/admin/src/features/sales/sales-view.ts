export const salesPageSize = 25;

/** Sales are looked at while they happen; a page that nobody looks at asks for nothing. */
export const salesRefreshMs = 5_000;
