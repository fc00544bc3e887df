import type { CategoryCode } from '../taxonomy/rules.ts'
import { isParticipant, type ParticipantCode } from '../participants/rules.ts'
import { participantOf, rowsOf, type ReadCsv } from './history-rows.ts'
import { named, readableNote, readableSource } from './history-words.ts'

export type ParticipantRow = {
  code: ParticipantCode
  name: string
  /** As it is shown, always. */
  designation: string
  iso: string
  capital: string
  unMember: boolean
  osceParticipant: boolean
  natoMemberSince: string | null
  euMember: boolean
  florenceParty: boolean
  footnote: string | null
  source: string
  note: string | null
}
export type BorderRow = { a: ParticipantCode; b: ParticipantCode; kind: 'land' | 'sea'; source: string; note: string | null }

/** A Florence ceiling. Null: none was found, which is not zero. `validTo` is the last day on which it holds. */
export type CeilingRow = {
  participant: ParticipantCode
  category: CategoryCode
  ceiling: number | null
  confirmed: boolean
  validFrom: string
  validTo: string | null
  source: string
  note: string | null
}

export const participantRows = (readCsv: ReadCsv): ParticipantRow[] => rowsOf(readCsv('participants.csv')).map((row) => ({
  code: participantOf(row.code),
  name: row.name!,
  designation: row.designation!,
  iso: row.iso!,
  capital: row.capital!,
  unMember: row.un_member === 'yes',
  osceParticipant: row.osce_participant === 'yes',
  natoMemberSince: row.nato_member_since || null,
  euMember: row.eu_member === 'yes',
  florenceParty: row.florence_party === 'yes',
  footnote: row.footnote || null,
  source: readableSource(row.source!),
  note: row.note || null,
}))

export const borderRows = (readCsv: ReadCsv): BorderRow[] => rowsOf(readCsv('borders.csv')).map((row) => ({
  a: participantOf(row.a), b: participantOf(row.b), kind: row.kind as BorderRow['kind'], source: row.source!, note: row.note || null,
}))

const FLORENCE: Record<string, CategoryCode> = {
  battle_tanks: 'I', acv: 'II', artillery: 'III', combat_aircraft: 'IVa', attack_helicopters: 'Va',
}

/** Serbia continued the membership of the Federal Republic of Yugoslavia and Montenegro joined in its own right. */
const SUCCESSION = { last: '2006-06-04', first: '2006-06-05' } as const

/** Ceilings of the participants; those of the two entities of Bosnia and Herzegovina are within its own and left out. */
export const ceilingRows = (readCsv: ReadCsv): CeilingRow[] =>
  rowsOf(readCsv('florence_ceilings.csv')).flatMap((row) => {
    const participant = row.participant === 'FRY' ? 'RS' : row.participant
    if (!isParticipant(participant)) return []
    return [{
      participant,
      category: FLORENCE[row.category!]!,
      ceiling: row.ceiling ? Number(row.ceiling) : null,
      confirmed: row.ceiling !== '' && !row.note!.startsWith('DERIVED'),
      validFrom: row.valid_from === '2006' ? SUCCESSION.first : row.valid_from!,
      validTo: row.valid_to === '2006' ? SUCCESSION.last : row.valid_to || null,
      source: row.source!,
      note: row.note || null,
    }]
  })

/** Something that third parties report between participants or in one of them. Nobody filed it. `happenedOn` is null where only a year is known, or nothing. */
export type IncidentRow = {
  id: string; happenedOn: string | null; year: number | null; title: string; parties: ParticipantCode[]; place: string | null; kind: string; source: string; note: string | null
}

export const incidentRows = (readCsv: ReadCsv): IncidentRow[] => rowsOf(readCsv('incidents.csv')).map((row) => ({
  id: row.id!,
  happenedOn: row.date || null,
  year: row.year ? Number(row.year) : null,
  title: named(row.title!),
  parties: row.parties!.split(';').map(participantOf),
  place: row.place ? named(row.place) : null,
  kind: row.kind!,
  source: readableSource(row.source!),
  note: row.note ? readableNote(row.note) : null,
}))
