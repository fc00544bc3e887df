/** Where sheets of a kind are read, and of which day the declaration is, where that is known: else the sheet says it. */
export type SheetPlace = { readonly sheets: string; readonly asOf: string | null }
type Cell = { readonly sheet: string | null; readonly cell: string | null; readonly words: string }
export type Wrong = { readonly message: string; readonly cells: readonly Cell[] }
type Problem = { detail: string; errors?: { pointer: string; detail: string }[] }

const dayOf = ({ asOf }: SheetPlace): Record<string, string> => (asOf === null ? {} : { asOf })
const addressOf = (file: File, place: SheetPlace, more: Record<string, string> = {}) =>
  `${place.sheets}?${new URLSearchParams({ ...dayOf(place), name: file.name.slice(-120), ...more })}`
export const templateOf = (place: SheetPlace): string => `${place.sheets}/template?${new URLSearchParams(dayOf(place))}`

/** What a file is, the register finds out by itself: browsers guess from its name. */
const ANY_FILE = 'application/octet-stream'
const LOST: Wrong = { message: 'The server could not be reached. Send the file again.', cells: [] }

/** The pointer of a problem is its sheet and its cell; the file as a whole has neither. */
const cellOf = ({ pointer, detail }: { pointer: string; detail: string }): Cell => {
  const steps = pointer.split('/').slice(1).map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
  const cell = /^[A-Z]{1,3}\d+$/.test(steps.at(-1) ?? '') ? steps.pop()! : null
  return { sheet: steps[0] ?? null, cell, words: cell ? detail.replace(`${cell}: `, '') : detail }
}

const wrongIn = (text: string): Wrong => {
  try {
    const { detail, errors = [] } = JSON.parse(text) as Problem
    return { message: detail, cells: errors.map(cellOf) }
  } catch {
    return LOST
  }
}

/** Sends a file to be read; nothing is stored. `onSent`: how much has left, from 0 to 1 (fetch cannot say). */
export const sendSheet = <T>(file: File, place: SheetPlace, onSent: (share: number) => void): Promise<{ taken: T } | { wrong: Wrong }> =>
  new Promise((answer) => {
    const request = new XMLHttpRequest()
    request.open('POST', addressOf(file, place))
    request.setRequestHeader('Content-Type', ANY_FILE)
    request.upload.addEventListener('progress', ({ loaded, total }) => onSent(total > 0 ? loaded / total : 1))
    request.upload.addEventListener('load', () => onSent(1))
    request.addEventListener('load', () =>
      answer(request.status === 200 ? { taken: (JSON.parse(request.responseText) as { payload: T }).payload } : { wrong: wrongIn(request.responseText) }))
    request.addEventListener('error', () => answer({ wrong: LOST }))
    request.send(file)
  })

/** Hands the same file back with its wrong cells marked; answers what went wrong, or null. */
export const markedOf = async (file: File, place: SheetPlace): Promise<string | null> => {
  const answer = await fetch(addressOf(file, place, { marked: 'true' }), { method: 'POST', body: file, headers: { 'Content-Type': ANY_FILE } }).catch(() => null)
  if (!answer?.ok) return answer ? wrongIn(await answer.text()).message : LOST.message
  const link = document.createElement('a')
  link.href = URL.createObjectURL(await answer.blob())
  link.download = /filename="([^"]+)"/.exec(answer.headers.get('content-disposition') ?? '')?.[1] ?? 'marked'
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
  return null
}
