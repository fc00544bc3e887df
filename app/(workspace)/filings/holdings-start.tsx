'use client'
import { formatNumber, plural } from '@/lib/shared/format.ts'
import { Button } from '../../ui/button.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import type { Start } from './holdings-carried.ts'

type StartProps = { start: Start; asOf: string; onStart: () => void; onUpload: () => void; onEmpty: () => void }

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
export const StartPanel = ({ start, asOf, onStart, onUpload, onEmpty }: StartProps) => (
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
        <Button tone="quiet" onClick={onUpload}>
          Start from a spreadsheet
        </Button>
        <Button tone="quiet" onClick={onEmpty}>
          Start empty
        </Button>
      </div>
    </Sheet>
  </div>
)
