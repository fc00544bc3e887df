'use client'
import { lazy, Suspense } from 'react'
import type { Preview } from '@/lib/filings/queries.ts'
import { DESIGNATION } from '@/lib/participants/rules.ts'
import { formatList, plural } from '@/lib/shared/format.ts'
import { Sheet } from '../../ui/sheet.tsx'
import type { Titles } from './alert-preview.tsx'
import type { PreviewState } from './use-preview.ts'

/** Comes with the first alert. */
const AlertPreview = lazy(async () => ({ default: (await import('./alert-preview.tsx')).AlertPreview }))

const grouped = <T,>(items: readonly T[], why: (item: T) => string, name: (item: T) => string): string =>
  [...new Set(items.map(why))]
    .map((reason) => {
      const names = new Set(items.filter((item) => why(item) === reason).map(name))
      return `${formatList([...names])} (${reason})`
    })
    .join('; ')

/** Rules that could not be tested and participants that are not told, each with its reason: silence is explained too. */
const Silence = ({ preview: { alerts, untested, notTold }, titles }: { preview: Preview; titles: Titles }) => (
  <div className="space-y-1.5 text-sm text-ink-3">
    {untested.length > 0 && (
      <p>
        Not tested:{' '}
        {grouped(
          untested,
          ({ why }) => why,
          ({ rule }) => (titles[rule] ?? rule).toLowerCase(),
        )}
        .
      </p>
    )}
    {alerts.length > 0 && notTold.length > 0 && (
      <p>
        Not told:{' '}
        {grouped(
          notTold,
          ({ why }) => why,
          ({ participant }) => DESIGNATION[participant],
        )}
        .
      </p>
    )}
  </div>
)

const countWords = ({ alerts }: Preview): string => {
  if (alerts.length === 0) return 'No rule is met.'
  const told = new Set(alerts.flatMap(({ recipients }) => recipients.map(({ recipient }) => recipient)))
  return `${plural(alerts.length, 'alert')} to ${plural(told.size, 'addressee')}.`
}

const basis = ({ preview, pending }: PreviewState): string => {
  if (pending) return 'Computing from the register as of now. Nothing has been sent.'
  if (preview && preview.problems.length > 0) {
    const fields = plural(preview.problems.length, 'field')
    return preview.summary
      ? `As far as stated: ${fields} still to fill in or correct. Nothing has been sent.`
      : `${fields} still to fill in before anything can be said.`
  }
  return 'Computed from the register as of now. Nothing has been sent.'
}

// In words and before anything is sent: which alerts, for whom and why; what is not tested, and who is not told.
export const PreviewPanel = ({ state, titles }: { state: PreviewState; titles: Titles }) => {
  const { preview, failed } = state
  return (
    <Sheet title="What this filing will cause">
      <p className="mb-3 text-sm text-ink-3">{failed ?? basis(state)}</p>
      {preview?.summary && (
        <>
          <Suspense>
            {preview.alerts.map((alert, index) => (
              <AlertPreview key={`${alert.rule} ${alert.category}`} {...{ alert, titles }} first={index > 0 ? preview.alerts[0] : undefined} />
            ))}
          </Suspense>
          {preview.alerts.length === 0 && (
            <p className="mb-3 text-md text-ink-2">
              No rule is met, so nobody is alerted. The filing stands in the register for all to read.
            </p>
          )}
          <Silence preview={preview} titles={titles} />
          <p role="status" className="sr-only">
            {state.pending ? '' : countWords(preview)}
          </p>
        </>
      )}
    </Sheet>
  )
}
