import { expect, test } from 'vitest'
import { placeWords } from '../../app/payload-words.ts'
import { storedDraft } from '../../app/(workspace)/filings/open-draft.ts'
import { cellAt, remarkedIn, remarkMarks } from '../../app/(workspace)/filings/holdings-remarks.ts'

const line = { category: 'I', type: 'M-84', unit: '1st Brigade', inService: 12, inStorage: 0 }

test.each([
  ['declaration.holdings', '/lines/12', line, 'I · M-84, 1st Brigade'],
  ['declaration.holdings', '/lines/12/inService/withheld', line, 'I · M-84, 1st Brigade: in service'],
  ['declaration.holdings', '/nil/0', 'VI', 'Nil categories'],
  ['declaration.personnel', '/active/land', 1200, 'Land forces'],
  ['declaration.structure', '/units/1/location', { name: '2nd Brigade' }, '2nd Brigade: peacetime location'],
  ['statement.autonomy', '/nil', true, 'Systems that select targets'],
  ['notification.acquisition', '/deliveries/from', 2028, 'Deliveries'],
] as const)('a place of a %s at %s is named as its reader names it', (kind, at, was, words) => expect(placeWords(kind, at, was)).toBe(words))

const draft = (kind: string, payload: object, remarks: object[]) =>
  storedDraft({ id: 'x', kind, payload, remarks, status: 'returned', remark: 'See.', action: 'file', revision: 3, reason: null, basedOn: null, basis: null, updatedAt: '' } as never)

test('a draft is opened with its remarks where they are now, those of a row at its name, and one of a row that is gone without a place', () => {
  expect(draft('declaration.holdings', { lines: [{ ...line, type: 'T-55' }, line] }, [{ at: '/lines/0/inService', now: '/lines/1/inService', remark: 'Ten?', was: line }, { at: '/lines/1', now: null, remark: 'Gone?', was: { category: 'II', type: 'BVP' } }]).remarks)
    .toEqual([{ at: '/lines/1/inService', place: 'I · M-84, 1st Brigade: in service', remark: 'Ten?' }, { at: null, place: 'II · BVP', remark: 'Gone?' }])
  expect(draft('declaration.structure', { units: [{ name: '2nd Brigade' }] }, [{ at: '/units/0', now: '/units/0', remark: 'Where?', was: { name: '2nd Brigade' } }]).remarks[0]!.at).toBe('/units/0/name')
})

test('the grid marks the cell of a remark, of a line its type, by the number that its row was opened with', () => {
  expect(cellAt('/lines/0/inStorage')).toEqual({ row: 1, column: 2 })
  expect(cellAt('/asOf')).toBeNull()
  const remarked = remarkedIn([{ at: '/lines/4', place: '', remark: 'a' }, { at: '/lines/4/site', place: '', remark: 'b' }, { at: null, place: '', remark: 'c' }])
  expect(remarked).toEqual([{ row: 5, column: -1, remark: 'a' }, { row: 5, column: 4, remark: 'b' }])
  expect([...remarkMarks(remarked)]).toEqual([[5, [0, 4]]])
})
