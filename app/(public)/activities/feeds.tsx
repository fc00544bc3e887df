import { Section } from '@/app/ui/section.tsx'
import { DESIGNATION, PARTICIPANTS, type ParticipantCode } from '@/lib/participants/rules.ts'

const FEEDS = [{ of: 'all', name: 'All participants' }, ...PARTICIPANTS.map((code) => ({ of: code, name: DESIGNATION[code] }))]

/** For programs that look for feeds in the head of a page. */
export const FeedLinks = ({ participant }: { participant?: ParticipantCode | undefined }) =>
  FEEDS.filter(({ of }) => of === 'all' || of === participant)
    .map(({ of, name }) => <link key={of} rel="alternate" type="application/atom+xml" title={`Filings about activities: ${name}`} href={`/activities/${of}.atom`} />)

export const Feeds = () => (
  <Section className="mt-10 no-print" title="In your calendar, or as news" hint="Feeds for ordinary programs: ICS holds the days, Atom each filing about them as it comes in.">
    <ul className="grid gap-x-8 gap-y-1 sm:grid-cols-2 md:grid-cols-4">
      {FEEDS.map(({ of, name }) => (
        <li key={of}>
          {name}: <a href={`/activities/${of}.ics`} aria-label={`${name}: days, as ICS`}>ICS</a>, <a href={`/activities/${of}.atom`} aria-label={`${name}: news, as Atom`}>Atom</a>
        </li>
      ))}
    </ul>
  </Section>
)
