import { z } from 'zod'
import { declared, defineKind } from './kind.ts'
import { Compiled, day, isYearOnly, note, text, refusing } from './stated.ts'

/** From the top down to battalion and what stands for it in the air and at sea (Vienna Document 2011, chapter I). */
export const UNIT_LEVELS = ['command', 'corps', 'division', 'brigade', 'regiment', 'wing', 'flotilla', 'battalion', 'squadron', 'base'] as const
export type UnitLevel = (typeof UNIT_LEVELS)[number]
export const UNIT_LEVEL_LABEL = {
  command: 'Command', corps: 'Corps', division: 'Division', brigade: 'Brigade', regiment: 'Regiment', wing: 'Air wing', flotilla: 'Flotilla',
  battalion: 'Battalion', squadron: 'Squadron', base: 'Base or depot',
} as const satisfies Record<UnitLevel, string>

const Unit = z.strictObject({
  name: text('the name of the formation or unit', 120),
  level: z.enum(UNIT_LEVELS, `State the level: one of ${UNIT_LEVELS.join(', ')}.`),
  superior: text('the formation that it is subordinate to', 120).optional(),
  location: text('the peacetime location', 120),
  remark: note(500).optional(),
})
export type Unit = z.infer<typeof Unit>

/** Follows subordination upwards; a unit that meets itself has no top. */
const isInCircle = (start: Unit, byName: ReadonlyMap<string, Unit>): boolean => {
  const met = new Set<string>()
  for (let unit: Unit | undefined = start; unit; unit = unit.superior === undefined ? undefined : byName.get(unit.superior)) {
    if (met.has(unit.name)) return true
    met.add(unit.name)
  }
  return false
}

export const StructurePayload = z.strictObject({
  asOf: day('the date of the declaration'),
  units: z.array(Unit, 'State the formations and units as a list.').min(1, 'State at least one formation or unit.').max(2000, 'At most 2,000 formations and units.'),
  remark: note(2000).optional(),
  compiled: Compiled.optional(),
}).superRefine(({ asOf, units }, ctx) => {
  const refuse = refusing(ctx)
  if (isYearOnly(asOf)) refuse(['asOf'], 'State the full date of the declaration, YYYY-MM-DD.')
  const byName = new Map(units.map((unit) => [unit.name, unit]))
  units.forEach((unit, index) => {
    if (byName.get(unit.name) !== unit) refuse(['units', index, 'name'], `“${unit.name}” is named twice. Give each unit a name of its own.`)
    else if (unit.superior !== undefined && !byName.has(unit.superior)) refuse(['units', index, 'superior'], `“${unit.superior}” is not among the units. Name it in a line of its own, or leave this out.`)
    else if (isInCircle(unit, byName)) refuse(['units', index, 'superior'], `“${unit.name}” is subordinate to itself, by way of “${unit.superior}”.`)
  })
})
export type StructurePayload = z.infer<typeof StructurePayload>

/** How many of each level, in the order of levels. */
export const levelsOf = ({ units }: Pick<StructurePayload, 'units'>): { level: UnitLevel; count: number }[] =>
  UNIT_LEVELS.flatMap((level) => {
    const count = units.filter((unit) => unit.level === level).length
    return count > 0 ? [{ level, count }] : []
  })

export const structure = defineKind({
  kind: 'declaration.structure',
  title: 'Declaration of the structure of forces',
  verb: 'Declare structure',
  help: 'As of a date: formations and units down to battalion, what each is subordinate to, and where it is in peacetime.',
  schema: StructurePayload,
  audience: { asOf: 'public', compiled: 'public', remark: 'observer', units: 'participant' },
  within: { units: { location: 'verifier' } },
  derive: (payload) => ({ levels: levelsOf(payload) }),
  summary: (payload) => `Structure as of ${payload.asOf}: ${payload.units.length} ${payload.units.length === 1 ? 'formation or unit' : 'formations and units'}`,
  previous: () => null,
  entry: (payload) => declared(payload.asOf),
  facts: (payload) => ({ kind: 'declaration.structure' as const, asOf: payload.asOf }),
  lines: () => [],
  types: () => [],
})
