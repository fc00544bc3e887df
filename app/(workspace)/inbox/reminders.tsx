import type { Viewer } from '@/lib/auth/policy.ts'
import { listObligations, listReminders } from '@/lib/schedule/queries.ts'
import { formatDay } from '@/lib/shared/format.ts'
import { Agenda } from '../../ui/agenda.tsx'
import { PlainText } from '../../ui/plain-text.tsx'
import { Section } from '../../ui/section.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { currentCaller } from '../../viewer.ts'
import { orRefuse } from '../refusals.ts'

// What the reader was reminded of and is still open, the newest of each obligation: it goes by itself once it is filed.
export const Reminders = async ({ viewer: { role, participant } }: { viewer: Viewer }) => {
  const addressee = participant ?? (role === 'secretariat' ? 'secretariat' : null)
  if (!addressee) return null
  const caller = await currentCaller()
  const [reminders, obligations] = await orRefuse(Promise.all([listReminders(caller, { limit: 200 }), listObligations(caller, {})]))
  const open = new Set(obligations.filter(({ filing }) => !filing).map(({ id }) => id))
  const own = reminders.filter(({ obligation, addressees }) => open.has(obligation) && addressees.includes(addressee))
  const newest = [...new Map(own.toReversed().map((reminder) => [reminder.obligation, reminder])).values()]
  if (newest.length === 0) return null
  return (
    <Section title="Reminders" hint="They go by themselves once what is owed has been filed.">
      <Agenda label="Reminders" items={newest.toSorted((a, b) => a.dueOn.localeCompare(b.dueOn)).map(({ dueOn, title, words, participant: who, at }) => ({
        at: dueOn, title, sub: <><PlainText>{words}</PlainText> Reminded on <span className="whitespace-nowrap">{formatDay(at)}</span>.</>,
        action: who === participant ? <TextLink href="/workspace">File it<span className="sr-only">: {title.toLowerCase()}</span></TextLink> : <TextLink href="/punctuality">All participants</TextLink>,
      }))} />
    </Section>
  )
}
