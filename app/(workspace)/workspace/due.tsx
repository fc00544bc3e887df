import { slugOf } from '@/lib/filings/kinds/words.ts'
import type { Obligation } from '@/lib/schedule/rules.ts'
import { plural } from '@/lib/shared/format.ts'
import { Agenda } from '../../ui/agenda.tsx'
import { Section } from '../../ui/section.tsx'
import { StatusMark } from '../../ui/status-mark.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { owedFirst } from './words.ts'

const State = ({ state, daysLeft, filing, nil }: Obligation) => {
  if (state === 'late') return <StatusMark mark="late">Late by {plural(-daysLeft, 'day')}</StatusMark>
  if (state === 'filed')
    return (
      <StatusMark mark="ok">
        {nil ? 'Filed as nil' : 'Filed'} {filing?.filedAt.slice(0, 10)}
      </StatusMark>
    )
  if (state === 'filed_late') return <StatusMark mark="late">Filed late, {filing?.filedAt.slice(0, 10)}</StatusMark>
  return <>in {plural(daysLeft, 'day')}</>
}

const lower = (title: string) => title.charAt(0).toLowerCase() + title.slice(1)
const formOf = ({ kind, asOf }: Obligation): string =>
  `/filings/new/${slugOf(kind)}?asOf=${asOf}`

// What one participant owes, the open ones first.
export const Due = ({ obligations }: { obligations: readonly Obligation[] }) => (
  <Section title="Due" hint="A due date ends at 23:59:59 in Vienna.">
    <Agenda
      label="Due"
      items={owedFirst(obligations).map((obligation) => ({
        at: obligation.dueOn,
        title: obligation.title,
        sub: (
          <>
            <span className="whitespace-nowrap">As of {obligation.asOf}</span> · <State {...obligation} />
          </>
        ),
        action: obligation.filing ? (
          <TextLink href={`/register/${obligation.filing.id}`}>{obligation.filing.number}</TextLink>
        ) : (
          <TextLink href={formOf(obligation)}>
            File<span className="sr-only"> the {lower(obligation.title)} as of {obligation.asOf}</span>
          </TextLink>
        ),
      }))}
    />
  </Section>
)
