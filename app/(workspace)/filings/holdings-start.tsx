'use client'
import type { ReactNode } from 'react'
import { formatNumber, plural } from '@/lib/shared/format.ts'
import { Button } from '../../ui/button.tsx'
import { Disclosure } from '../../ui/disclosure.tsx'
import { Mark } from '../../ui/mark.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import type { Carried, Start } from './holdings-carried.ts'

type StartProps = { start: Start; asOf: string; uploads?: ReactNode; onStart: () => void; onEmpty: () => void }

const since = ({ carried }: Start): string => (carried.length > 0 ? `, with ${plural(carried.length, 'change')} notified since` : '')

const About = ({ start }: { start: Start }) => {
  const { previous, carried, lines, nil } = start
  if (!previous) return <>Nothing was declared before. Type or paste the lines below, and declare nil where nothing is held.</>
  const left = carried.filter(({ line }) => line === null).length
  return (
    <>
      <TextLink href={`/register/${previous.id}`}>{previous.number}</TextLink> states {plural(lines.length, 'line')}
      {nil.length > 0 && ` and ${plural(nil.length, 'nil category', 'nil categories')}`}.
      {carried.length > 0 && ` Each of the ${plural(carried.length, 'change')} since is marked with the filing that it comes from.`}
      {left > 0 && ` ${formatNumber(left)} of them ${left === 1 ? 'has' : 'have'} to be entered by hand, and you are told why.`}
      {previous.compiled && ' It was compiled from open sources, so check it line by line.'}
    </>
  )
}

// Where a declaration begins: with what the register knows already, with a spreadsheet, or with nothing.
export const StartPanel = ({ start, asOf, uploads, onStart, onEmpty }: StartProps) => (
  <div className="mb-8">
    <Sheet title={`Begin the declaration as of ${asOf}`}>
      <p className="mb-4 max-w-text text-ink-2">
        <About start={start} />
      </p>
      <div className="flex flex-wrap items-center gap-2.5">
        {start.previous && (
          <Button onClick={onStart}>
            Start from the declaration as of {start.previous.asOf}
            {since(start)}
          </Button>
        )}
        {uploads}
        <Button tone="quiet" onClick={onEmpty}>
          Start empty
        </Button>
      </div>
    </Sheet>
  </div>
)

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
    {change.line !== null && (change.cell ? <Button tone="plain" onClick={onShow}>Show the line</Button> : <span className="text-sm text-ink-3">changed here since</span>)}
  </li>
)

type CarriedProps = { carried: readonly Carried[]; since: string; onShow: (cell: NonNullable<Carried['cell']>) => void }

// What was carried on, each with its filing; and what could not be placed, and why.
export const CarriedList = ({ carried, since, onShow }: CarriedProps) => {
  const left = carried.filter(({ line }) => line === null).length
  const summary = `${plural(carried.length, 'change')} notified since ${since}${left > 0 ? `; ${formatNumber(left)} to enter by hand` : ', carried on and marked in the grid'}`
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
