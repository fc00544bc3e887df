'use client'
import { useEffect, useState, useSyncExternalStore, type DragEvent, type ReactNode } from 'react'
import { cx } from '@/app/ui/cx.ts'
import { Disclosure } from '@/app/ui/disclosure.tsx'
import { TextareaField } from '@/app/ui/inputs.tsx'
import { Notice } from '@/app/ui/notice.tsx'
import { Findings } from './findings.tsx'
import { judge, type Verdict } from './judge.ts'

type Props = { vkey: string; witnessKeys: readonly string[]; policy: string; withoutScript: ReactNode }
type Chosen = { name: string; file: Uint8Array }
type Outcome = { verdict: Verdict } | { refusal: string } | null

const never = () => () => {}

const useJudgement = (chosen: Chosen | null, leaf: string, vkey: string, { witnessKeys, policy }: Props): Outcome => {
  const [outcome, setOutcome] = useState<Outcome>(null)
  useEffect(() => {
    let isStale = false
    const tell = (found: Outcome) => { if (!isStale) setOutcome(found) }
    if (!chosen) tell(null)
    else {
      judge({ file: chosen.file, leaf, vkey, witnessKeys, policy })
        .then((verdict) => tell({ verdict }), (error: unknown) => tell({ refusal: error instanceof Error ? error.message : String(error) }))
    }
    return () => { isStale = true }
  }, [chosen, leaf, vkey, witnessKeys, policy])
  return outcome
}

const FILE_INPUT = 'block max-w-full text-md text-ink-2 file:mr-3.5 file:min-h-9 file:cursor-pointer file:rounded file:border file:border-solid '
  + 'file:border-accent file:bg-transparent file:px-4 file:py-1.5 file:font-book file:text-accent hover:file:bg-accent-soft'

const DropZone = ({ onFile }: { onFile: (file: File) => void }) => {
  const [isOver, setOver] = useState(false)
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    const file = event.dataTransfer.files[0]
    if (file) onFile(file)
  }
  return (
    <div onDragOver={(event) => { event.preventDefault(); setOver(true) }} onDragLeave={() => setOver(false)} onDrop={drop}
      className={cx('mb-6 rounded-lg border-2 border-dashed px-5 py-7', isOver ? 'border-accent bg-accent-soft' : 'border-edge bg-sheet')}>
      <label htmlFor="receipt" className="mb-2 block font-book">Drop a receipt here, or choose it</label>
      <input id="receipt" type="file" accept=".json,.tlog-proof,application/json,text/plain" aria-describedby="receipt-hint" className={FILE_INPUT}
        onChange={(event) => { const file = event.target.files?.[0]; if (file) onFile(file) }} />
      <p id="receipt-hint" className="field-hint mt-2">
        A .batp-receipt.json or a .tlog-proof. It is read by this page on your machine; nothing is uploaded, and no request is made.
      </p>
    </div>
  )
}

const EntryField = ({ index, onLeaf }: { index: number | null; onLeaf: (leaf: string) => void }) => (
  <>
    {index !== null && (
      <Notice live title={`This proves entry ${index}, and not yet what that entry is`}>
        A .tlog-proof alone proves nothing about a document. Paste the text of the log entry below; it stands on the page of the filing under
        Proof. Or choose the package (.batp-receipt.json), which holds it together with the filing’s own text.
      </Notice>
    )}
    <TextareaField name="leaf" label="Text of the log entry" spellCheck={false} rows={4} hint="One line that begins with {&quot;at&quot;:"
      className="max-w-form" onChange={(event) => onLeaf(event.target.value)} />
  </>
)

export const ReceiptChecker = (props: Props) => {
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const [leaf, setLeaf] = useState('')
  const [vkey, setVkey] = useState(props.vkey)
  const outcome = useJudgement(chosen, leaf, vkey, props)
  const isUsable = useSyncExternalStore(never, () => true, () => false)
  if (!isUsable) return props.withoutScript
  const choose = (file: File) => { void file.arrayBuffer().then((bytes) => setChosen({ name: file.name, file: new Uint8Array(bytes) })) }
  const verdict = outcome && 'verdict' in outcome ? outcome.verdict : null
  const isProof = chosen !== null && chosen.file[0] === 'c'.charCodeAt(0)
  return <>
    <DropZone onFile={choose} />
    {isProof && <EntryField index={verdict?.kind === 'needs-entry' ? verdict.index : null} onLeaf={setLeaf} />}
    {outcome && 'refusal' in outcome && <Notice live tone="crit" title="Nothing could be checked">{outcome.refusal}</Notice>}
    {verdict?.kind === 'checked' && <Findings verdict={verdict} name={chosen!.name} />}
    <Disclosure summary={<>Checked with the key <code>{vkey.split('+').slice(0, 2).join('+')}</code>{vkey === props.vkey && ', as this register gives it'}</>}>
      <p className="mb-2.5 max-w-text">
        This is the key that this register gives. A register that lies could give another key as well, so compare it with a copy that you
        have from elsewhere: a neighbour’s, a witness’s, an older receipt’s. Or paste that one.
      </p>
      <TextareaField name="vkey" label="Key of the log" rows={2} spellCheck={false} defaultValue={props.vkey} className="max-w-form"
        onChange={(event) => setVkey(event.target.value)} />
    </Disclosure>
  </>
}
