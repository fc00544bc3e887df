import { ageWords } from '@/app/age-words.ts'
import { CopyButton } from '@/app/ui/copy-button.tsx'
import { KeyValues } from '@/app/ui/key-values.tsx'
import { Section } from '@/app/ui/section.tsx'
import { parseCheckpoint } from '@/lib/log/checkpoint.ts'
import { toBase64 } from '@/lib/log/encoding.ts'
import { parseNote } from '@/lib/log/note.ts'
import type { getCosigned, getLog } from '@/lib/log/queries.ts'
import { formatDateTime, formatNumber, plural } from '@/lib/shared/format.ts'

const FILES = [{ href: '/log/checkpoint', label: 'The signed head' }, { href: '/log/vkey', label: 'the key' }]

type Log = Awaited<ReturnType<typeof getLog>>
export type Cosigned = Awaited<ReturnType<typeof getCosigned>>

const newestOf = (by: readonly { at: string }[]): string => by.map(({ at }) => at).toSorted().at(-1)!

/** 'cosigned by 2 of 3, newest 2 minutes ago' */
export const cosignedWords = ({ named, newest, met }: Cosigned, now: Date): string => {
  if (named.length === 0) return 'by nobody yet: no witness has been named'
  const by = newest?.by ?? []
  const count = by.length === 0 ? `by none of ${named.length} yet` : `by ${by.length} of ${named.length}, newest ${ageWords(newestOf(by), now)} ago`
  if (newest?.meetsQuorum) return `${count}: enough for the quorum`
  return met ? `${count}; the newest head with enough holds ${plural(met.size, 'entry', 'entries')}` : `${count}: not enough for the quorum yet`
}

export const Head = ({ log, cosigned, now }: { log: Log; cosigned: Cosigned; now: Date }) => {
  const { checkpoint, entries, vkey } = log
  if (!checkpoint) return <Section title="Signed head"><p className="text-ink-2">Nothing has been signed yet. The first entry is signed within seconds.</p></Section>
  const waiting = entries - checkpoint.size
  const root = toBase64(parseCheckpoint(parseNote(checkpoint.note).text).root)
  return (
    <Section title="Signed head" hint="One number stands for all entries: change one letter of any of them and the root is another.">
      <KeyValues items={[
        { label: 'Entries', value: <>{formatNumber(checkpoint.size)}{waiting > 0 && `, and ${formatNumber(waiting)} waiting to be signed`}</> },
        { label: 'Root', value: <code>{root}</code> },
        { label: 'Signed', value: <time dateTime={checkpoint.at}>{formatDateTime(checkpoint.at)}</time> },
        { label: 'Cosigned', value: cosignedWords(cosigned, now) },
        { label: 'Key', hide: !vkey, value: (
          <span className="flex flex-wrap items-center gap-x-4 gap-y-1.5"><code>{vkey}</code><CopyButton text={vkey ?? ''} label="Copy the key" /></span>
        ) },
        { label: 'As files', value: FILES.map(({ href, label }, at) => <span key={href}>{at > 0 && ' · '}<a href={href}>{label}</a></span>) },
      ]} />
    </Section>
  )
}
