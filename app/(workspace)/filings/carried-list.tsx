'use client'
import { formatNumber, plural } from '@/lib/shared/format.ts'
import { Button } from '../../ui/button.tsx'
import { Disclosure } from '../../ui/disclosure.tsx'
import { Mark } from '../../ui/mark.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import type { Carried } from './holdings-carried.ts'

const WHAT = { inService: 'in service', inStorage: 'in storage' } as const
const signed = (pieces: number) => (pieces > 0 ? `+ ${formatNumber(pieces)}` : `− ${formatNumber(-pieces)}`)
const figures = ({ from, to, field }: Carried) =>
  field === null || to === null ? '' : `${WHAT[field]} ${from === null ? 'new' : formatNumber(from)} → ${formatNumber(to)}`

const Item = ({ change, onShow }: { change: Carried; onShow: () => void }) => (
  <li className="grid gap-x-4 border-b border-rule-2 py-2 last:border-0 sm:grid-cols-[8rem_6rem_minmax(0,1fr)_auto]">
    <TextLink href={`/register/${change.filing.id}`}>{change.filing.number}</TextLink>
    <span className="text-ink-3">{change.on}</span>
    <span className="tabular-nums">
      {change.category} · {change.type}: {change.pieces === null ? 'quantity withheld' : signed(change.pieces)}
      {change.line === null ? (
        <span className="block text-crit">
          <Mark kind="discrepancy" className="mr-1.5 inline" />
          Not placed: {change.why}.
        </span>
      ) : (
        <span className="text-ink-2">, {figures(change)}</span>
      )}
    </span>
    {change.cell && (
      <Button tone="plain" className="justify-self-start" onClick={onShow}>
        Show the line
      </Button>
    )}
    {change.line !== null && !change.cell && <span className="text-sm text-ink-3">changed here since</span>}
  </li>
)

type CarriedProps = { carried: readonly Carried[]; since: string; onShow: (cell: NonNullable<Carried['cell']>) => void }

// What was carried on, each with its filing; and what could not be placed, and why.
export const CarriedList = ({ carried, since, onShow }: CarriedProps) => {
  const left = carried.filter(({ line }) => line === null).length
  const rest = left > 0 ? `; ${formatNumber(left)} to enter by hand` : ', carried on and marked in the grid'
  const summary = `${plural(carried.length, 'change')} notified since ${since}${rest}`
  return (
    <div className="mb-4">
      <Disclosure summary={summary} open={left > 0 || carried.length <= 6}>
        <ul className="text-md">
          {carried.map((change, index) => (
            <Item key={index} change={change} onShow={() => change.cell && onShow(change.cell)} />
          ))}
        </ul>
      </Disclosure>
    </div>
  )
}
