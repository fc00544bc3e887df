import { KeyValues } from '@/app/ui/key-values.tsx'
import { Sheet } from '@/app/ui/sheet.tsx'
import type { Version } from './lead.tsx'

/** What lets a reader hold the register to its word. */
export const Proof = ({ version, number }: { version: Version; number: string }) => (
  <Sheet title="Proof">
    <p className="text-sm text-ink-3">
      The commitment seals the whole filing, also what is not shown to you: SHA-256 over a secret salt and its canonical text. It cannot
      be changed unnoticed.
    </p>
    <KeyValues stacked className="mt-3" items={[
      { label: 'Commitment', value: <code>{version.commitment}</code> },
      { label: 'Receipt', value: <a href={`/api/v1/filings/${version.id}/receipt`}>{number}, version {version.version}, as JSON</a> },
      { label: 'Whole filing', value: <a href={`/api/v1/filings/${version.id}`}>As you may read it, as JSON</a> },
    ]} />
  </Sheet>
)
