import { Disclosure } from '@/app/ui/disclosure.tsx'
import { Notice } from '@/app/ui/notice.tsx'
import { Section } from '@/app/ui/section.tsx'
import { StatusMark } from '@/app/ui/status-mark.tsx'
import type { Step, Verdict } from './judge.ts'

const STEP_LABEL: Record<Step['step'], string> = {
  format: 'The file', payload: 'The text', record: 'The record', agreement: 'Number and time', signature: 'The log’s signature',
  inclusion: 'Its place in the log', witnesses: 'Witnesses',
}

const Mark = ({ ok }: { ok: boolean | null }) => {
  if (ok === null) return <StatusMark mark="none">Not asked</StatusMark>
  return ok ? <StatusMark mark="ok">Holds</StatusMark> : <StatusMark mark="discrepancy">Does not hold</StatusMark>
}

type Checked = Extract<Verdict, { kind: 'checked' }>

const Answer = ({ verdict: { ok, isPending, steps }, name }: { verdict: Checked; name: string }) => {
  if (ok) return <Notice live tone="ok" title="The receipt holds">{name}: every step below was checked on this machine.</Notice>
  if (isPending) {
    return (
      <Notice live tone="warn" title="The receipt holds, but too few witnesses stand under it yet">
        Cosignatures arrive within minutes. Fetch the receipt again from the page of the filing.
      </Notice>
    )
  }
  const bad = steps.filter((step) => step.ok === false).map(({ step }) => STEP_LABEL[step])
  return (
    <Notice live tone="crit" title="The receipt does not hold">
      {name}: see {bad.join(', ')}. Keep the file as it is, fetch the receipt again, and compare. If the new one does not hold either, tell
      the secretariat and the other participants.
    </Notice>
  )
}

/** Each step in words, then what none of them shows. */
export const Findings = ({ verdict, name }: { verdict: Checked; name: string }) => <>
  <Answer verdict={verdict} name={name} />
  <Section title="What was checked">
    <ol aria-label="Steps of the check" className="text-md">
      {verdict.steps.map(({ step, ok, words }) => (
        <li key={step} className="grid gap-x-5 gap-y-1 border-b border-rule-2 py-3 last:border-0 sm:grid-cols-[10rem_minmax(0,1fr)]">
          <div><b className="block font-book">{STEP_LABEL[step]}</b><Mark ok={ok} /></div>
          <p className="max-w-text text-ink-2 [overflow-wrap:anywhere]">{words}</p>
        </li>
      ))}
    </ol>
    {verdict.text !== null && (
      <Disclosure summary="The text that is proven">
        <pre className="max-h-96 overflow-auto text-xs whitespace-pre-wrap" tabIndex={0} role="region" aria-label="The text that is proven">{verdict.text}</pre>
      </Disclosure>
    )}
  </Section>
  <Section title="What this does not prove">
    <ul className="max-w-text list-disc space-y-1.5 pl-5 text-md text-ink-2">
      {verdict.notProven.map((words) => <li key={words}>{words}</li>)}
    </ul>
  </Section>
</>
