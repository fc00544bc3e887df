import { VerificationMark } from '@/app/marks.tsx'
import { changesBetween } from '@/app/payload-words.ts'
import { Diff } from '@/app/ui/diff.tsx'
import { Section } from '@/app/ui/section.tsx'
import type { StatusKind } from '@/app/ui/status-mark.tsx'
import { TextLink } from '@/app/ui/text-link.tsx'
import { Timeline } from '@/app/ui/timeline.tsx'
import type { KindName } from '@/lib/filings/kinds/registry.ts'
import { ACTION_LABEL, type Action } from '@/lib/filings/rules.ts'
import { formatDateTime } from '@/lib/shared/format.ts'
import { SIGNATURES_NEEDED } from '@/lib/verification/rules.ts'
import { decisionOf, type Signature } from './decision.ts'
import type { Filing, Version } from './lead.tsx'

const MOST_CHANGES = 40
const MARK: Record<Action, StatusKind> = { file: 'ok', stage: 'ok', amend: 'superseded', withdraw: 'withdrawn' }

const peopleWords = ({ people }: Version): string | undefined => {
  if (!people) return undefined
  const { draftedBy, releasedBy } = people
  return draftedBy === releasedBy ? `drafted and released by ${releasedBy}` : `drafted by ${draftedBy}, released by ${releasedBy}`
}

/** What verifiers decided of one version, as far as the reader may know: of older ones the public knows the newest decision. */
const Decided = ({ filing: { entry }, version, signatures }: { filing: Filing; version: Version; signatures: readonly Signature[] }) => {
  const decision = decisionOf(entry, version, signatures)
  if (!decision) return null
  const isOlder = version.version < entry.version
  return (
    <p>
      <VerificationMark status={decision} signatures={SIGNATURES_NEEDED} />
      {isOlder && <span className="text-sm text-ink-3"> · this version, not those after it</span>}
    </p>
  )
}

const WhatChanged = ({ kind, version, before }: { kind: KindName; version: Version; before: Version | undefined }) => {
  const compared = before !== undefined && version.action !== 'withdraw'
  const changes = compared ? changesBetween(kind, before.payload, version.payload) : []
  return <>
    {version.reason && <p className="max-w-text text-ink-2">Reason: {version.reason}</p>}
    {changes.length > 0 && <Diff changes={changes.slice(0, MOST_CHANGES)} />}
    {changes.length > MOST_CHANGES && <p className="text-sm text-ink-3">And {changes.length - MOST_CHANGES} more changes.</p>}
    {compared && changes.length === 0 && <p className="text-sm text-ink-3">Nothing that you may read has changed.</p>}
  </>
}

/** Every version, newest first: nothing is ever taken away. */
export const History = ({ filing, signatures }: { filing: Filing; signatures: readonly Signature[] }) => {
  const { entry, version: shown, versions } = filing
  return (
    <Section title="History" hint="Every version stays readable. Nobody can edit or delete one.">
      <Timeline label="Versions, newest first" items={versions.toReversed().map((version) => ({
        at: formatDateTime(version.filedAt),
        by: entry.compiled ? 'compiled from open sources' : peopleWords(version),
        current: version.id === shown.id,
        mark: MARK[version.action],
        title: version.id === shown.id
          ? <>Version {version.version}: {ACTION_LABEL[version.action].toLowerCase()}</>
          : <TextLink href={`/register/${version.id}`}>Version {version.version}: {ACTION_LABEL[version.action].toLowerCase()}</TextLink>,
        children: <>
          <Decided filing={filing} version={version} signatures={signatures} />
          <WhatChanged kind={entry.kind} version={version} before={versions.find((other) => other.version === version.version - 1)} />
        </>,
      }))} />
    </Section>
  )
}
