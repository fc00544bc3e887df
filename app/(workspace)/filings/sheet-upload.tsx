'use client'
import { useEffect, useId, useRef, useState, type RefObject } from 'react'
import { formatNumber, plural } from '@/lib/shared/format.ts'
import { Button } from '../../ui/button.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { markedOf, sendSheet, templateOf, type SheetPlace, type Wrong } from './sheet-request.ts'

type Stage =
  | { at: 'choose' }
  | { at: 'send'; name: string; sent: number }
  | { at: 'wrong'; file: File; wrong: Wrong }

const LISTED = 40

const Sending = ({ name, sent, pace }: { name: string; sent: number; pace: string }) => (
  <div role="status" className="max-w-text text-md text-ink-2">
    <p>
      {sent < 1 ? `Sending ${name}: ${Math.floor(sent * 100)} %` : `${name} has arrived. Every cell is being read${pace}.`}
    </p>
    <progress className="mt-1.5 w-full accent-accent" aria-label={`Progress of ${name}`} value={sent < 1 ? sent : undefined} max={1} />
  </div>
)

type ReportProps = { file: File; wrong: Wrong; onMarked: () => void; marking: string | null; head: RefObject<HTMLHeadingElement | null> }

/** Cell by cell: what is wrong, what would be right. */
const Report = ({ file, wrong: { message, cells }, onMarked, marking, head }: ReportProps) => (
  <div className="rounded-sm border border-rule border-l-3 border-l-crit px-4 py-3">
    <h3 ref={head} tabIndex={-1} className="text-base font-semi">
      Nothing was taken from {file.name}
    </h3>
    {cells.length === 0 ? (
      <p className="mt-1 max-w-text text-md">{message}</p>
    ) : (
      <>
        <p className="mt-1 max-w-text text-md text-ink-2">
          {plural(cells.length, 'problem')}. Correct the file and send it again; a file is taken whole or not at all.
        </p>
        <ul className="mt-2.5 max-h-96 overflow-y-auto text-md" tabIndex={0} aria-label="Problems by cell">
          {cells.slice(0, LISTED).map(({ sheet, cell, words }, index) => (
            <li key={index} className="grid gap-x-4 border-t border-rule-2 py-1.5 sm:grid-cols-[7rem_minmax(0,1fr)]">
              <span className="font-book tabular-nums">
                {cell ?? 'The file'}
                {sheet && <span className="block text-sm font-normal text-ink-3">{sheet}</span>}
              </span>
              <span>{words}</span>
            </li>
          ))}
        </ul>
        <div className="mt-3 flex flex-wrap items-center gap-x-4 gap-y-2">
          <Button tone="quiet" onClick={onMarked}>
            Download your file with the cells marked
          </Button>
          {cells.length > LISTED && <span className="text-sm text-ink-3">{formatNumber(cells.length - LISTED)} more are marked there.</span>}
          <span role="status" className="text-sm text-crit">
            {marking}
          </span>
        </div>
      </>
    )}
  </div>
)

/** How the file may look, what becomes of what stands on the page, what the template holds, and how long a large file takes. */
export type SheetWords = { how: string; replaced: string | null; template: string; pace: string }
type UploadProps<T> = { place: SheetPlace; words: SheetWords; onTaken: (taken: T) => void; onClose: () => void }

// A declaration from a spreadsheet, whole or not at all. It is read by the register and stored with the draft, like what is typed.
export const SheetUpload = <T,>({ place, words, onTaken, onClose }: UploadProps<T>) => {
  const [stage, setStage] = useState<Stage>({ at: 'choose' })
  const [marking, setMarking] = useState<string | null>(null)
  const field = useRef<HTMLInputElement>(null)
  const first = useRef<HTMLButtonElement>(null)
  const head = useRef<HTMLHeadingElement>(null)
  const about = useId()
  useEffect(() => first.current?.focus(), [])
  useEffect(() => {
    if (stage.at === 'wrong') head.current?.focus()
  }, [stage])

  const send = async (file: File) => {
    setMarking(null)
    setStage({ at: 'send', name: file.name, sent: 0 })
    const answer = await sendSheet<T>(file, place, (sent) => setStage({ at: 'send', name: file.name, sent }))
    if (field.current) field.current.value = ''
    if ('taken' in answer) onTaken(answer.taken)
    else setStage({ at: 'wrong', file, wrong: answer.wrong })
  }
  const download = async (file: File) => {
    setMarking('')
    setMarking(await markedOf(file, place))
  }
  return (
    <div className="mb-8">
      <Sheet title="From a spreadsheet">
        <div id={about} className="mb-4 max-w-text space-y-2 text-ink-2">
          <p>
            {words.how} Every cell is checked before anything is taken.{words.replaced && ` ${words.replaced}`}
          </p>
          <p>
            {words.template}:{' '}
            <a href={templateOf(place)} download>
              download the template{place.asOf && ` as of ${place.asOf}`}
            </a>
            .
          </p>
        </div>
        <div className="mb-4 flex flex-wrap items-center gap-2.5">
          <Button ref={first} aria-describedby={about} aria-disabled={stage.at === 'send'} onClick={() => stage.at !== 'send' && field.current?.click()}>
            {stage.at === 'wrong' ? 'Choose the corrected file' : 'Choose a file'}
          </Button>
          <input
            ref={field}
            type="file"
            hidden
            aria-label="Spreadsheet"
            accept=".xlsx,.csv,.tsv,.txt"
            onChange={({ currentTarget: { files } }) => files?.[0] && void send(files[0])}
          />
          <Button tone="plain" onClick={onClose}>
            Close
          </Button>
        </div>
        {stage.at === 'send' && <Sending {...stage} pace={words.pace} />}
        {stage.at === 'wrong' && <Report {...stage} {...{ marking, head }} onMarked={() => download(stage.file)} />}
      </Sheet>
    </div>
  )
}
