import type { ReactNode } from 'react'
import type { ClarificationView } from '@/lib/clarification/queries.ts'
import { STATE_LABEL } from '@/lib/clarification/rules.ts'
import { DESIGNATION } from '@/lib/participants/rules.ts'
import { formatDateTime } from '@/lib/shared/format.ts'
import { DataTable } from '../ui/data-table.tsx'
import { StatusMark } from '../ui/status-mark.tsx'
import { Sub } from '../ui/table.tsx'
import { TextLink } from '../ui/text-link.tsx'
import { clockInWords, STATE_MARK } from './clarification-words.ts'

type Props = { caption: string; rows: readonly ClarificationView[]; now: Date; empty: ReactNode; isBrief?: boolean }

/** `isBrief`: without when it was asked, where there is less room and the clock says what matters. */
export const ClarificationTable = ({ caption, rows, now, empty, isBrief = false }: Props) => (
  <DataTable caption={caption} rows={rows} rowKey={({ id }) => id} empty={empty} columns={[
    { key: 'number', label: 'Request', nowrap: true, cell: ({ id, number }) => <TextLink href={`/clarifications/${id}`}>{number}</TextLink> },
    { key: 'title', label: 'About', keep: true, cell: ({ title, asking, asked }) => <>{title}<Sub>{DESIGNATION[asking]} asks {DESIGNATION[asked]}</Sub></> },
    { key: 'state', label: 'State', cell: ({ state }) => <StatusMark mark={STATE_MARK[state]}>{STATE_LABEL[state]}</StatusMark> },
    { key: 'clock', label: 'Clock', foldLabel: 'Clock:', cell: (row) => clockInWords(row, now) },
    ...(isBrief ? [] : [{ key: 'at', label: 'Asked', foldLabel: 'Asked:', nowrap: true, cell: ({ at }: ClarificationView) => formatDateTime(at) }]),
  ]} />
)
