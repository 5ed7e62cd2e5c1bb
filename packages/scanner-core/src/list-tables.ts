/** The tables of the store that lists are kept in. */
export const listTables = {
  /** By competition session: which parts make up its list, and where to go on. */
  lists: "lists",
  /** By part: its tickets without their holders' names, as JSON. */
  parts: "listParts",
  /** By part: its holders' names, sealed. */
  names: "listNames",
  /** Under one key: whose lists are taken. */
  trust: "listTrust",
} as const;
