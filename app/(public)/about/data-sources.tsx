import type { ReactNode } from 'react'
import { DataTable } from '@/app/ui/data-table.tsx'
import { Section } from '@/app/ui/section.tsx'
import { DESIGNATION } from '@/lib/participants/rules.ts'

type Source = { name: string; what: ReactNode; terms: ReactNode }

const SOURCES: Source[] = [
  {
    name: 'SIPRI',
    what: <>Arms Transfers Database, deliveries from 1995 to 2024, generated on 12 February 2026: 108 of its 12,571 deals. Major arms only,
      often by estimate; the file does not tell a gift from a purchase, so the mode is inferred.</>,
    terms: <>© Stockholm International Peace Research Institute. Non-commercial use with attribution, less than a tenth of a database. Ask
      SIPRI before any commercial use, and before publishing these entries as open data.</>,
  },
  {
    name: 'GlobalFirePower',
    what: <>Rounded strengths of about 2018. Of low reliability: used only where nothing better exists, and each remark says so.</>,
    terms: 'No licence stated; single facts.',
  },
  {
    name: 'Press, ministries, encyclopaedias, and the thesis that proposes this register',
    what: 'Announcements, contracts, deliveries, gifts.', terms: 'Facts only; no wording taken over.',
  },
  {
    name: 'Arms Control Association, October 1997',
    what: 'The ceilings of 1996. Those of Serbia and Montenegro since 2006 are confirmed in part.', terms: 'Facts, with their source.',
  },
  {
    name: 'Exchange under the Florence agreement, as told to a parliament',
    what: 'The tanks of 2019: the only official holdings among these data.', terms: 'Facts, with their source.',
  },
]

const { AL, XK, MK, RS, ME } = DESIGNATION

export const DataSources = () => (
  <div id="data" className="mb-10 scroll-mt-6">
    <Section title="The data of the demonstration" hint="History from 1995 on, reported by third parties. No participant filed it.">
      <div className="mb-6 max-w-text space-y-3 text-md text-ink-2">
        <p>Each historic entry is marked “compiled from open sources, not an official filing” and names its sources. It went the same way as
          a filing, under the date that its source states; the alerts it would have caused stand in the register as history, and no message
          was sent.</p>
        <p>What a source does not state is withheld with the reason “Not stated by the source”, never zero. Where a source states a year
          only, a plan or contract stands on 1 July, a delivery or disposal on 20 December, a declaration on the last day of its year; what
          no source dates stands on 31 December 2025.</p>
        <p>An agreement is entered once, under the first of its parties that is named; the timeline shows all of them alike. Of a contract in history it
          tells the year. Incidents stand under no participant: nobody filed them, and each names its source.</p>
        <p>Several sources of one deal make one entry: the furthest along leads, the others are told in its note. Declarations carry on
          earlier figures that no row states anew, and say so. Nothing is known by site or unit, nor how much is in store.</p>
        <p>{AL}, {XK} and {MK} are not a party to the Florence Agreement and have no ceilings. Ceilings of {RS} and {ME} for artillery,
          aircraft and helicopters were not found: they are not confirmed, which is not zero. Of {RS}, those for tanks and armoured combat
          vehicles are confirmed; of {ME}, that for tanks only.</p>
      </div>
      <DataTable caption="Sources and their terms" rows={SOURCES} rowKey={({ name }) => name} columns={[
        { key: 'name', label: 'Source', cell: ({ name }) => name },
        { key: 'what', label: 'What comes from it', foldLabel: 'Gives:', cell: ({ what }) => what },
        { key: 'terms', label: 'Terms', foldLabel: 'Terms:', cell: ({ terms }) => terms },
      ]} />
    </Section>
  </div>
)
