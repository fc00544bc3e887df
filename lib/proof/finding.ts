/** Something that disagrees. `key` names it, so that it is told once; `words` say where, what, and what was expected. */
export type Finding = { key: string; words: string }
