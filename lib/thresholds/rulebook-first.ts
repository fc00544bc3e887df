import type { Rule } from './situation.ts'

/** Sized for small forces: lower than the Vienna Document's. */
export const BATP = 'BATP rulebook, version 1'

export const rule = (stated: Omit<Rule, 'version' | 'validFrom' | 'decision'>): Rule =>
  ({ ...stated, version: 1, validFrom: '1995-01-01', decision: 'Default rulebook, version 1' })
