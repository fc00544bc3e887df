import { EntryLink } from '@/app/entry-link.tsx'
import { LEAF_LABEL } from '@/app/log-words.ts'
import { ButtonLink } from '@/app/ui/button.tsx'
import { Disclosure } from '@/app/ui/disclosure.tsx'
import { KeyValues } from '@/app/ui/key-values.tsx'
import { Sheet } from '@/app/ui/sheet.tsx'
import { plural } from '@/lib/shared/format.ts'
import type { Places } from './alerts.tsx'
import type { Version } from './lead.tsx'

type Props = { version: Version; number: string; places: Places }

const InLog = ({ own, size }: { own: Places['places']; size: number }) => {
  if (own.length === 0) return <>Not in the log yet</>
  const waits = own.some(({ index }) => index >= size)
  return <>
    <ul>{own.map(({ index, type }) => <li key={index}>{LEAF_LABEL[type]}: <EntryLink index={index} /></li>)}</ul>
    <span className="sub">{waits ? 'waiting to be signed' : `in the signed tree of ${plural(size, 'entry', 'entries')}`}</span>
  </>
}

const Downloads = ({ version: { id, version, full }, number }: Omit<Props, 'places'>) => {
  const address = `/api/v1/filings/${id}/receipt`
  return (
    <ul className="space-y-1">
      <li><a href={`${address}?format=package`}>Package to check it with</a><span className="sub">{full ? 'holds the text of the filing' : 'without the text, which is not open to you whole'}</span></li>
      <li><a href={`${address}?format=tlog-proof`}>Proof of the entry, .tlog-proof</a></li>
      <li><a href={`${address}?format=pdf`}>Page for paper, PDF</a></li>
      <li><a href={address}>{number}, version {version}, as JSON</a></li>
    </ul>
  )
}

/** What lets a reader hold the register to its word. */
export const Proof = ({ version, number, places: { places, size } }: Props) => {
  const own = places.filter(({ subject }) => subject === version.id)
  const entries = own.filter(({ type }) => type.startsWith('filing.'))
  return (
    <Sheet title="Proof">
      <p className="text-sm text-ink-3">
        The commitment seals the whole filing, also what is not shown to you: SHA-256 over a secret salt and its canonical text. Its entry in
        the log is signed together with all others, so it cannot be changed unnoticed.
      </p>
      <KeyValues stacked className="mt-3" items={[
        { label: 'Commitment', value: <code>{version.commitment}</code> },
        { label: 'In the log', value: <InLog own={own} size={size} /> },
        { label: 'Receipt', hide: entries.length === 0, value: <Downloads version={version} number={number} /> },
        { label: 'Whole filing', value: <>As you may read it: <a href={`/api/v1/filings/${version.id}`}>JSON</a>, <a href={`/api/v1/filings/${version.id}?format=pdf`}>PDF</a></> },
      ]} />
      <div className="mt-4 space-y-2">
        <ButtonLink tone="quiet" href="/log/check">Check a receipt in your browser</ButtonLink>
        {entries.length > 0 && (
          <Disclosure summary="The entries, letter by letter">
            {entries.map(({ index, data }) => <p key={index} className="text-sm"><code>{data}</code></p>)}
          </Disclosure>
        )}
      </div>
    </Sheet>
  )
}
