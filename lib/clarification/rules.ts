export const QUESTIONS = ['aim', 'place', 'end', 'units', 'number', 'equipment'] as const
export type Question = (typeof QUESTIONS)[number]
export const ACTS = ['replied', 'insufficient', 'meeting_called', 'meeting_held', 'shown', 'closed'] as const
export type Act = (typeof ACTS)[number]
export type ActContent = Record<string, string | { withheld: string }>
