import { Button } from '@/app/ui/button.tsx'
import { Section } from '@/app/ui/section.tsx'
import { currentCaller, currentViewer } from '@/app/viewer.ts'
import { may } from '@/lib/auth/policy.ts'
import { listWatches } from '@/lib/participants/queries.ts'
import { DESIGNATION, type ParticipantCode } from '@/lib/participants/rules.ts'
import { watch } from './actions.ts'

/** Whether the viewer's participant is told of this one as a neighbour is; shown to its ministry only. */
export const Watch = async ({ code, neighbours }: { code: ParticipantCode; neighbours: readonly ParticipantCode[] }) => {
  const { role, participant } = await currentViewer()
  if (!participant || participant === code || !may(role, 'watch.change')) return null
  const [own, other] = [DESIGNATION[participant], DESIGNATION[code]]
  if (neighbours.includes(participant)) {
    return <Section title="Told as a neighbour"><p className="text-md text-ink-2">{own} is adjacent to {other}, so it is told where a rule addresses neighbours.</p></Section>
  }
  const isWatching = (await listWatches(await currentCaller(), {})).watching.includes(code)
  return (
    <Section title="Watching" hint="A participant may choose to be told as a neighbour is.">
      <p className="text-md text-ink-2">{isWatching ? `${own} watches ${other} and is told as its neighbours are.` : `${own} is not adjacent to ${other} and does not watch it.`}</p>
      <form action={watch.bind(null, code, !isWatching)} className="mt-3"><Button type="submit" tone="quiet">{isWatching ? `Stop watching ${other}` : `Watch ${other}`}</Button></form>
    </Section>
  )
}
