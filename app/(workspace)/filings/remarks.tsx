'use client'
import { createContext, use, useCallback, useState, type ReactNode } from 'react'
import { Button } from '../../ui/button.tsx'
import { fieldId } from '../../ui/field.tsx'

type Written = ReadonlyMap<string, string>

const NONE: Written = new Map()
const Read = createContext<Written>(NONE)
const Write = createContext<(at: string, remark: string | null) => void>(() => {})

/** What is written on places of the draft, by their pointers. It stays until the page is left, whatever the register answers. */
export const useRemarks = (): Written => use(Read)

// Around a draft that is read by its approver. Who types re-renders nothing but what counts the remarks.
export const Remarks = ({ children }: { children: ReactNode }) => {
  const [written, setWritten] = useState(NONE)
  const write = useCallback((at: string, remark: string | null) => {
    setWritten((before) => {
      const now = new Map(before)
      if (remark === null) now.delete(at)
      else now.set(at, remark)
      return now
    })
  }, [])
  return (
    <Write value={write}>
      <Read value={written}>{children}</Read>
    </Write>
  )
}

export type PlaceProps = { at: string; label: string }

const usePlace = ({ at, label }: PlaceProps) => {
  const write = use(Write)
  const [isOpen, setOpen] = useState(false)
  const [button, setButton] = useState<HTMLButtonElement | null>(null)
  const remove = () => {
    setOpen(false)
    write(at, null)
    button?.focus()
  }
  const opener = (
    <button
      ref={setButton}
      type="button"
      aria-expanded={isOpen}
      aria-label={`Remark on ${label}`}
      className="no-print min-h-6 cursor-pointer text-sm text-accent underline underline-offset-3"
      onClick={() => setOpen(true)}>
      Remark
    </button>
  )
  const id = fieldId(`remark-${at}`)
  const field = isOpen && (
    <div className="max-w-text py-1 text-left">
      <label htmlFor={id} className="mb-1.5 block text-sm font-book">
        Remark on {label}
      </label>
      {/* eslint-disable-next-line jsx-a11y/no-autofocus -- it is what was asked for by the button */}
      <textarea id={id} autoFocus rows={2} maxLength={500} className="control min-h-0!" onChange={({ target }) => write(at, target.value)} />
      <Button tone="plain" className="text-sm" onClick={remove}>
        Leave it out
      </Button>
    </div>
  )
  return { opener, field }
}

// A field's remark: a word beside its value, and the text below it once it is asked for.
export const RemarkOn = (place: PlaceProps) => {
  const { opener, field } = usePlace(place)
  return (
    <>
      <span className="ml-3">{opener}</span>
      {field}
    </>
  )
}

// A row of a table with its remark: the text has a row of its own, as wide as the table.
export const RemarkRow = ({ at, label, columns, children }: PlaceProps & { columns: number; children: ReactNode }) => {
  const { opener, field } = usePlace({ at, label })
  return (
    <>
      <tr role="row">
        {children}
        <td role="cell" className="fold">
          {opener}
        </td>
      </tr>
      {field && (
        <tr role="row">
          <td role="cell" colSpan={columns + 1}>
            {field}
          </td>
        </tr>
      )}
    </>
  )
}
