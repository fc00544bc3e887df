import type { ReactNode } from 'react'
import { totalAddress } from '@/app/places.ts'
import { Meter } from '@/app/ui/meter.tsx'
import { RowTh, Sub, Table, Tbody, Td, Th, Thead, Tr } from '@/app/ui/table.tsx'
import { TextLink } from '@/app/ui/text-link.tsx'
import { heldWords, type Standing } from './standing.ts'

const isKnown = (held: Standing['held']) => held !== null && (held.withheld === 0 || held.total > 0)

const Figure = ({ held, ceiling, limit }: Standing) => (
  <>
    {held ? <TextLink href={totalAddress(held.filing, held.category)}>{heldWords(held)}</TextLink> : <span className="text-ink-3">not declared</span>}
    {ceiling !== null && <Sub>{limit}</Sub>}
  </>
)

type Props = {
  caption: string
  first: string
  rows: readonly Standing[]
  name: (row: Standing) => ReactNode
  text: (row: Standing) => string
  max?: number
}

/** Holdings against ceilings, a row each, on one scale where `max` is given. The number leads to the declaration it comes from. */
export const StandingTable = ({ caption, first, rows, name, text, max }: Props) => (
  <Table caption={caption}>
    <Thead><Tr><Th>{first}</Th><Th numeric>Held</Th></Tr></Thead>
    <Tbody>
      {rows.map((row) => (
        <Tr key={`${row.participant} ${row.category}`}>
          <RowTh className="w-2/3">
            {name(row)}
            {isKnown(row.held) && (row.ceiling !== null || max !== undefined) && (
              <Meter label={text(row)} value={row.held!.total} ceiling={row.ceiling ?? undefined} max={max}
                text={`${heldWords(row.held!)} ${row.limit}`} />
            )}
            {row.ceiling === null && <Sub>{row.limit}</Sub>}
          </RowTh>
          <Td numeric><Figure {...row} /></Td>
        </Tr>
      ))}
    </Tbody>
  </Table>
)
