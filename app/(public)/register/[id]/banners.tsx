import { Notice } from '@/app/ui/notice.tsx'
import { TextLink } from '@/app/ui/text-link.tsx'
import { formatDateTime } from '@/lib/shared/format.ts'
import type { Filing } from './lead.tsx'

type Compiled = { source: string; note?: string }

const Part = ({ children }: { children: string }) =>
  (/^https?:\/\/\S+$/.test(children) ? <a href={children} rel="noreferrer">{children.replace(/^https?:\/\/(www\.)?/, '')}</a> : children)

const Source = ({ source }: { source: string }) =>
  source.split('; ').map((part, index) => <span key={part}>{index > 0 && '; '}<Part>{part}</Part></span>)

const CompiledNotice = ({ compiled: { source, note } }: { compiled: Compiled }) => (
  <Notice title="Compiled from open sources, not an official filing">
    <p className="wrap-anywhere">Source: <Source source={source} />.</p>
    {note && <p>{/[.?!]$/.test(note) ? note : `${note}.`}</p>}
    {source.includes('SIPRI') && <p>Source: SIPRI, Stockholm International Peace Research Institute; shown here without commercial use.</p>}
  </Notice>
)

/** What a reader must know before the figures: whose they are, and whether they still stand. */
export const Banners = ({ filing: { entry, version, versions } }: { filing: Filing }) => {
  const newest = versions.at(-1)!
  const compiled = version.payload.compiled as Compiled | undefined
  return <>
    {version.id !== newest.id && (
      <Notice tone="warn" title={`This is version ${version.version}; it no longer stands`}>
        {newest.status === 'withdrawn' ? 'The entry was withdrawn' : `Version ${newest.version} took its place`} on{' '}
        {formatDateTime(newest.filedAt)}. <TextLink href={`/register/${newest.id}`}>See the newest version</TextLink> of{' '}
        <span className="whitespace-nowrap">{entry.number}</span>.
      </Notice>
    )}
    {version.status === 'withdrawn' && (
      <Notice tone="warn" title={`Withdrawn on ${formatDateTime(version.filedAt)}`}>
        {version.reason && <p>Reason: {version.reason}</p>}
        <p>It no longer counts towards anything, and stays readable.</p>
      </Notice>
    )}
    {compiled && <CompiledNotice compiled={compiled} />}
  </>
}
