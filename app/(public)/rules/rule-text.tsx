import { Chips } from '@/app/ui/chips.tsx'
import { Disclosure } from '@/app/ui/disclosure.tsx'
import { KeyValues } from '@/app/ui/key-values.tsx'
import { SeverityEdge } from '@/app/ui/severity-edge.tsx'
import { SEVERITY_LABEL } from '@/lib/alerts/rules.ts'
import { figuresOf, recipientWords, type Rule } from './rule-words.ts'

const sentence = (text: string) => text[0]!.toUpperCase() + text.slice(1)

const Details = ({ rule }: { rule: Rule }) => (
  <KeyValues className="mt-3" items={[
    ...figuresOf(rule).map(({ label, value, byCategory }) => ({
      label, value: value ?? <div className="-mt-1"><Chips items={byCategory!} label={label} /></div>,
    })),
    { label: 'Told', value: `${sentence(recipientWords(rule))}.` },
    { label: 'Basis', value: rule.basis },
    { label: 'In force from', value: `${rule.validFrom}; decision: ${rule.decision}` },
  ]} />
)

/** One threshold in plain words, with its figures and where they come from. */
export const RuleText = ({ rule, versions }: { rule: Rule; versions: readonly Rule[] }) => (
  <div id={rule.id} className="keep min-w-0 scroll-mt-6">
    <SeverityEdge tone={rule.severity} word={SEVERITY_LABEL[rule.severity]} id={`${rule.id}, version ${rule.version}`} title={rule.title}>
      <p>{rule.condition}</p>
      <Details rule={rule} />
      {versions.length > 1 && (
        <Disclosure summary={`${versions.length} versions on record`}>
          {versions.filter(({ version }) => version !== rule.version).map((other) => (
            <div key={other.version} className="mb-3"><p>Version {other.version}: {other.condition}</p><Details rule={other} /></div>
          ))}
        </Disclosure>
      )}
    </SeverityEdge>
  </div>
)
