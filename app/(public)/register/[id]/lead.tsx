import type { ReactNode } from 'react'
import { TextLink } from '@/app/ui/text-link.tsx'
import { ACQUISITION_MODE_LABEL, type AcquisitionMode } from '@/lib/filings/kinds/acquisition.ts'
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
  const effect = payload.replaces ? `replaces ${payload.replaces}` : payload.mode === 'upgrade' ? 'changes equipment already held' : 'adds to holdings'
  const years = payload.deliveries ? `, deliveries ${fieldWords('deliveries', payload.deliveries)}` : ''
  return `${mode} ${categoryWords(payload.category)}; ${effect}${years}.`
}

const whatWords = (kind: string, version: Version): string => {
  if (kind === 'notification.acquisition') return acquisitionWords(version)
  if (kind === 'notification.disposal') return `Disposal ${categoryWords(version.payload.category)}.`
  return 'What is held, by category; nil is stated, not left out.'
}

/** What matters about the filing, in a sentence or two under its title. */
export const leadOf = ({ entry, version }: Filing): ReactNode => <>
  {whatWords(entry.kind, version)}{' '}
  {entry.compiled ? 'Entered' : 'Filed'} by <TextLink href={`/participants/${entry.participant}`}>{DESIGNATION[entry.participant]}</TextLink> on{' '}
  {formatDateTime(version.filedAt)} as {entry.number}{entry.version > 1 && `, version ${version.version} of ${entry.version}`}.
</>
