import type { Metadata } from 'next'
import { listInvitations, observationFigures } from '@/lib/observation/queries.ts'
import { DESIGNATION, isParticipant, PARTICIPANTS } from '@/lib/participants/rules.ts'
import { plural } from '@/lib/shared/format.ts'
import { FilterForm } from '../../../ui/filter-form.tsx'
import { SelectField } from '../../../ui/inputs.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { Section } from '../../../ui/section.tsx'
import { currentCaller } from '../../../viewer.ts'
import { orRefuse } from '../../refusals.ts'
import { InvitationList } from './invitation-list.tsx'
import { AsGuests, AsHosts, Matrix, type Asked } from './matrix.tsx'

export const metadata: Metadata = { title: 'Who invites whom, and who comes' }

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

const askedOf = async (given: Props['searchParams']): Promise<Asked> => {
  const { year, host, invited } = await given
  return { year: typeof year === 'string' && /^20\d\d$/.test(year) ? Number(year) : undefined, host: isParticipant(host) ? host : undefined, invited: isParticipant(invited) ? invited : undefined }
}

const PEOPLE = PARTICIPANTS.map((code) => ({ value: code, label: DESIGNATION[code] }))

export default async function ObserversPage({ searchParams }: Props) {
  const { year, host, invited } = await askedOf(searchParams)
  const caller = await currentCaller()
  const [figures, listed] = await Promise.all([orRefuse(observationFigures(caller, { year })), orRefuse(listInvitations(caller, {}))])
  const years = [...new Set(listed.map(({ startsOn }) => startsOn.slice(0, 4)))].toSorted()
  const chosen = listed.filter((one) => (!year || one.startsOn.startsWith(String(year))) && (!host || one.host === host) && (!invited || one.invited === invited))
  const ofYear = year ? `, of activities that begin in ${year}` : ''
  return <>
    <PageHeader breadcrumb={[{ href: '/activities', label: 'Activities' }, { label: 'Observers' }]} title="Who invites whom, and who comes"
      lead="Each participant may invite the others to observe an activity; from a certain size it must. To accept, to decline and not to answer are three different things, and are counted apart." />
    <FilterForm action="/activities/observers" label="Choose invitations" reset={year || host || invited ? '/activities/observers' : undefined}>
      <SelectField name="year" label="Year" placeholder="All" defaultValue={year ?? ''} options={years.map((value) => ({ value, label: value }))} />
      <SelectField name="host" label="Host" placeholder="All" defaultValue={host ?? ''} options={PEOPLE} />
      <SelectField name="invited" label="Invited" placeholder="All" defaultValue={invited ?? ''} options={PEOPLE} />
    </FilterForm>
    <Section className="mt-8" title="Who comes to whom" hint={`How many invitations of each host were accepted, of how many${ofYear}. None: it was not invited.`}><Matrix figures={figures} year={year} /></Section>
    <Section title="As hosts" hint={`How much of what is over${ofYear} was to be observed, since it was large enough, and how much was. A readiness exercise without warning is free of it. Invitations count what is to come as well.`}><AsHosts figures={figures} year={year} /></Section>
    <Section title="As guests" hint="What each answered to the invitations of the others."><AsGuests figures={figures} year={year} /></Section>
    <div id="invitations" className="scroll-mt-6">
      <Section title="Invitations" hint={`${plural(chosen.length, 'invitation')}${host ? ` of ${DESIGNATION[host]}` : ''}${invited ? ` to ${DESIGNATION[invited]}` : ''}${ofYear}.`}><InvitationList rows={chosen} /></Section>
    </div>
  </>
}
