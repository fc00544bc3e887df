import type { Metadata } from 'next'
import { PageHeader } from '@/app/ui/page-header.tsx'
import { Section } from '@/app/ui/section.tsx'
import { TextLink } from '@/app/ui/text-link.tsx'
import { DataSources } from './data-sources.tsx'
import { Journey } from './journey.tsx'
import { WhoDoesWhat, WhoReadsWhat } from './who-reads-what.tsx'
import { Words } from './words.tsx'

export const metadata: Metadata = { title: 'About this register' }

const CONTENTS = [
  { href: '#journey', label: 'How a filing travels' },
  { href: '#reading', label: 'Who may read what' },
  { href: '#roles', label: 'Who may do what' },
  { href: '#words', label: 'Words' },
  { href: '#data', label: 'The data of the demonstration' },
  { href: '#machines', label: 'For machines' },
]
const FOR_MACHINES = [
  { href: '/api/v1/openapi.json', label: 'Description of the API (OpenAPI 3.1)' },
  { href: '/api/v1/filings', label: 'Filings, as JSON, with the filters of the register' },
  { href: '/register.csv', label: 'The register as CSV' },
  { href: '/api/v1/holdings', label: 'Declared holdings, per participant, category and year' },
  { href: '/log/checkpoint', label: 'The signed head of the log, with the cosignatures of its witnesses' },
  { href: '/log/vkey', label: 'The key that the log is signed with' },
  { href: '/api/v1/obligations', label: 'Obligations and how they stand' },
]

export default function AboutPage() {
  return <>
    <PageHeader title="About this register" lead={<>
      Seven participants state what they hold, acquire and give away; inspectors verify it; neighbours are told at once why a filing
      matters to them; and nobody, the secretariat included, can change what has been filed.
    </>} />
    <nav aria-label="On this page" className="mb-9">
      <ul className="flex flex-wrap gap-x-6 gap-y-1 text-md">
        {CONTENTS.map(({ href, label }) => <li key={href}><a href={href} className="flex min-h-6 items-center">{label}</a></li>)}
      </ul>
    </nav>
    <Journey />
    <WhoReadsWhat />
    <WhoDoesWhat />
    <Words />
    <DataSources />
    <div id="machines" className="scroll-mt-6">
      <Section title="For machines" hint="Without a key these answer what is public; with a key or a session, what its role reads.">
        <ul className="space-y-1.5 text-md">{FOR_MACHINES.map(({ href, label }) => <li key={href}><a href={href}>{label}</a></li>)}</ul>
        <p className="mt-4 max-w-text text-md text-ink-2">
          Every filing in the <TextLink href="/register">register</TextLink> has a page of its own with its receipt: the proof that it is in{' '}
          <TextLink href="/log">the log</TextLink>, which anybody can <TextLink href="/log/check">check</TextLink> with tools of their own.
          The log itself is served in the formats of C2SP: its signed head, its key, and its entries as tiles.
        </p>
      </Section>
    </div>
  </>
}
