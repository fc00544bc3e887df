import type { ReactNode } from 'react'
import { TextLink } from '@/app/ui/text-link.tsx'
import { ACQUISITION_MODE_LABEL, type AcquisitionMode } from '@/lib/filings/kinds/acquisition.ts'
import { kindOf, type KindName } from '@/lib/filings/kinds/registry.ts'
import type { getFiling } from '@/lib/filings/queries.ts'
import { DESIGNATION } from '@/lib/participants/rules.ts'
import { formatDateTime } from '@/lib/shared/format.ts'
import { categoryOf, isCategory } from '@/lib/taxonomy/rules.ts'
import { fieldWords } from '@/app/payload-words.ts'

export type Filing = Awaited<ReturnType<typeof getFiling>>
export type Version = Filing['version']

const categoryWords = (code: unknown) =>
  (isCategory(code) ? (code === 'none' ? 'outside the categories' : `in category ${code}, ${categoryOf(code).title.toLowerCase()}`) : '')

const acquisitionWords = ({ payload }: Version): string => {
  const mode = ACQUISITION_MODE_LABEL[payload.mode as AcquisitionMode]
  const adds = payload.mode === 'upgrade' ? 'changes equipment already held' : 'adds to holdings'
  const effect = payload.replaces ? `replaces ${payload.replaces}` : adds
  const years = payload.deliveries ? `, deliveries ${fieldWords('deliveries', payload.deliveries)}` : ''
  return `${mode} ${categoryWords(payload.category)}; ${effect}${years}.`
}

const whatWords = (kind: KindName, version: Version): string => {
  if (kind === 'notification.acquisition') return acquisitionWords(version)
  if (kind === 'notification.disposal') return `Disposal ${categoryWords(version.payload.category)}.`
  return kindOf(kind).help
}

const Numbered = ({ filing: { entry, version } }: { filing: Filing }) =>
  <><span className="whitespace-nowrap">{entry.number}</span>{entry.version > 1 && `, version ${version.version} of ${entry.version}`}</>

const Instant = ({ at }: { at: string }) => <time dateTime={at} className="whitespace-nowrap">{formatDateTime(at)}</time>

/** What matters about the filing, in a sentence or two under its title. */
export const leadOf = (filing: Filing): ReactNode => {
  const { entry, version } = filing
  const who = <TextLink href={`/participants/${entry.participant}`}>{DESIGNATION[entry.participant]}</TextLink>
  return <>
    {whatWords(entry.kind, version)}{' '}
    {entry.compiled
      ? <>Nobody filed it: it stands for {who} under <Instant at={version.filedAt} /> as <Numbered filing={filing} />.</>
      : <>Filed by {who} on <Instant at={version.filedAt} /> as <Numbered filing={filing} />.</>}
  </>
}
