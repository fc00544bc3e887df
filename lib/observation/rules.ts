/** No answer is the third state, and has no row. */
export const ANSWERS = ['accepted', 'declined'] as const
export type Answer = (typeof ANSWERS)[number]
export const NOTE_ACTS = ['note', 'joined', 'comment'] as const
export type NoteAct = (typeof NOTE_ACTS)[number]
export type ObserverName = { name: string; function: string }
