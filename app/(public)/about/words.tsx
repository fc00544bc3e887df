import { Section } from '@/app/ui/section.tsx'

const WORDS: readonly [string, string][] = [
  ['Participant', 'One of the seven participating states and entities, shown by its designation, in the order of the plain English names.'],
  ['Filing', 'One official act of one participant: numbered, dated, immutable.'],
  ['Entry', 'A filing with all its later versions: what one line of the register stands for.'],
  ['Kind', 'What sort of filing: an acquisition, a disposal, a declaration of holdings.'],
  ['Stage', 'How far an acquisition has come: planned, contracted, first delivery, incorporated. Each is filed as a version of the entry.'],
  ['Category, type', 'A class of equipment, and a model within it: IVa, manned combat aircraft; Rafale F3-R.'],
  ['Nil', 'A stated zero.'],
  ['Withheld', 'A figure that is kept back, with a reason. It never stands for a zero, nor a zero for it.'],
  ['Not declared', 'What no declaration states. It is not known, which is neither nil nor withheld.'],
  ['Holdings', 'What the newest declaration states for a category: in service and in storage, in pieces.'],
  ['Projected holdings', 'Holdings, plus acquisitions contracted or planned and not declared yet, less disposals not carried out yet.'],
  ['Threshold, rule', 'A figure which a filing may meet, with its version, its basis and the date from which it holds.'],
  ['Alert', 'A threshold met by a filing, addressed to recipients, each with the reason.'],
  ['Acknowledgement', 'An addressee’s word, with name and time, that the alert has been received.'],
  ['Ceiling', 'The most that a party to the Florence Agreement may hold in a category. No ceiling, or none confirmed, is not a zero.'],
  ['Notice', 'How long before its first day an activity was notified, in days; what falls short of the days asked for stays short.'],
  ['Invitation', 'A host’s offer to have an activity observed. Each participant accepts it, declines it or does not answer; these are three different things.'],
  ['Clarification', 'What one participant asks another about an activity or what it saw, with 48 hours to reply.'],
  ['Obligation', 'What a participant owes for a cycle, by a due date that ends at midnight in Vienna: upcoming, due, filed, or late.'],
  ['Verification', 'Two verifiers’ decision on an entry: verified, discrepant, not verifiable. Until then it is unverified or pending.'],
  ['Commitment', 'A fingerprint of exactly what was filed, which tells nothing of it.'],
  ['Log, entry', 'All official acts in the order in which they happened. Each entry holds a commitment; nothing is taken out or put in later.'],
  ['Signed head', 'The number of entries and one fingerprint of them all, the root, signed by the log.'],
  ['Witness', 'A participant’s or an outside body’s machine that cosigns each head after checking that it continues the last one.'],
  ['Receipt', 'The proof that a filing is in the log, which anybody can check without asking the register.'],
  ['Compiled', 'Taken from open sources for demonstration. Nobody filed it, and it meets no obligation.'],
]

export const Words = () => (
  <div id="words" className="mb-10 scroll-mt-6">
    <Section title="Words">
      <dl className="grid max-w-form gap-x-6 gap-y-3 text-md sm:grid-cols-[12rem_minmax(0,1fr)]">
        {WORDS.map(([word, meaning]) => (
          <div key={word} className="sm:contents"><dt className="font-book">{word}</dt><dd className="text-ink-2">{meaning}</dd></div>
        ))}
      </dl>
    </Section>
  </div>
)
