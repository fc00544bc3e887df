import type { ReactNode } from 'react'
import { Section } from '@/app/ui/section.tsx'
import { TextLink } from '@/app/ui/text-link.tsx'
import { Timeline } from '@/app/ui/timeline.tsx'

type Step = { at: string; title: string; text: ReactNode }

const STEPS: Step[] = [
  {
    at: 'In', title: 'It comes in by one way', text: <>
      A form in the browser and the API end in the same command. A draft saves itself while it is written. A preview says, before anything
      is sent, which alerts the filing will cause, for whom and why.
    </>,
  },
  {
    at: 'Judged', title: 'It is judged by thresholds that are data', text: <>
      Every <TextLink href="/rules">threshold in force</TextLink> is held against the filing and against what the register knows. The same
      computation makes the preview and the alert. A threshold that cannot be tested, for want of a confirmed ceiling for instance, says so.
    </>,
  },
  {
    at: 'Released', title: 'Where four eyes are asked for, a second person releases it', text: <>
      The approver sees the filing as a reader would, and releases it or returns it with a remark. Who drafted it cannot release it.
    </>,
  },
  {
    at: 'Stored', title: 'It is numbered and stored for good', text: <>
      The filing, its alerts, their addressees and the messages to send are written in one step: either all of it is there, or nothing
      happened. From then on it never changes. An amendment takes its place with a reason, a withdrawal closes it with a reason, and every
      version stays readable.
    </>,
  },
  {
    at: 'Told', title: 'Those it concerns are told at once', text: <>
      One message for each addressee, in the inbox and by e-mail, whatever number of thresholds were met. It says the rule, what was
      measured, the threshold, its basis, why this addressee, and who else. Each addressee acknowledges with name and time; the filing
      participant and the secretariat see who has and who has not.
    </>,
  },
  {
    at: 'Verified', title: 'Inspectors verify it', text: <>
      Two signatures of different verifiers decide: verified, discrepant or not verifiable. Nobody verifies an entry of their own
      participant, and two verifiers of one participant do not decide together.
    </>,
  },
  {
    at: 'Proven', title: 'It can be held to its word', text: <>
      Each of these acts is an entry of <TextLink href="/log">the log</TextLink>, signed together with all others and cosigned by witnesses
      outside the register. The receipt proves the entry, which carries a commitment to the exact text that was filed, over a secret salt, so
      it reveals nothing. Whoever holds the text and the salt can <TextLink href="/log/check">check</TextLink> that not a letter has changed.
    </>,
  },
]

export const Journey = () => (
  <div id="journey" className="mb-10 scroll-mt-6">
    <Section title="How a filing travels">
      <Timeline label="The steps of a filing" items={STEPS.map(({ at, title, text }) => (
        { at, title: <b>{title}</b>, mark: 'ok', children: <p className="max-w-text text-ink-2">{text}</p> }
      ))} />
    </Section>
  </div>
)
