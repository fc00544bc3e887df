'use client'
import { plural } from '@/lib/shared/format.ts'
import { Disclosure } from '../../ui/disclosure.tsx'
import type { OpenDraft } from './use-draft.ts'

/** What a remark's place leads to: an act, the address of a field, or nothing where it is no more. */
export type LeadTo = (at: string) => (() => void) | string | null

type Props = { remarks: OpenDraft['remarks']; leadTo: LeadTo }

const FEW = 12

const Place = ({ place, to }: { place: string; to: ReturnType<LeadTo> }) => {
  if (typeof to === 'string') return <a href={to}>{place}</a>
  if (to === null) return <b className="font-book">{place}</b>
  return (
    <button type="button" className="cursor-pointer text-left text-accent underline underline-offset-3" onClick={to}>
      {place}
    </button>
  )
}

// What an approver says of single places, each leading to where it is now.
export const ReturnedList = ({ remarks, leadTo }: Props) => (
  <Disclosure summary={`${plural(remarks.length, 'remark')} on single places`} open={remarks.length <= FEW}>
    <ul className="max-h-80 space-y-1 overflow-y-auto" tabIndex={0} aria-label="Remarks on single places">
      {remarks.map(({ at, place, remark }) => (
        <li key={place + remark} className="wrap-anywhere">
          <Place place={place} to={at === null ? null : leadTo(at)} />
          {at === null && <span className="text-ink-3">, no longer here</span>}: {remark}
        </li>
      ))}
    </ul>
  </Disclosure>
)
