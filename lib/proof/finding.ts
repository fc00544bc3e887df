/** Something that disagrees. `key` names it, so that it is told once; `words` say where, what, and what was expected. */
export type Finding = { key: string; words: string }

/** A row as the database names its columns, under the names that the code uses. */
export const camel = (row: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name.replaceAll(/_([a-z])/g, (_all, letter: string) => letter.toUpperCase()), value]))
