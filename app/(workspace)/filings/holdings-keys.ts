import type { Action } from './holdings-state.ts'

type Key = { key: string; ctrlKey: boolean; metaKey: boolean; shiftKey: boolean; altKey: boolean; isComposing?: boolean }

const ARROWS: Record<string, [down: number, right: number]> = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] }

const whileEditing = ({ key, shiftKey, altKey, ctrlKey, metaKey }: Key): Action | null => {
  if (key === 'Escape') return { type: 'cancel' }
  if (key === 'Enter' && (ctrlKey || metaKey)) return { type: 'addLine' }
  if (key === 'Enter' && !altKey) return { type: 'commit', way: shiftKey ? 'up' : 'down' }
  if (key === 'Tab') return { type: 'commit', way: shiftKey ? 'left' : 'right' }
  return null
}

const WITH_CONTROL: Record<string, Action> = {
  d: { type: 'fill' }, z: { type: 'undo' }, y: { type: 'redo' }, Enter: { type: 'addLine' }, Delete: { type: 'deleteLines' },
  Backspace: { type: 'deleteLines' },
}

const whileMoving = ({ key, ctrlKey, metaKey, shiftKey, altKey }: Key, page: number): Action | null => {
  if (altKey) return null
  const extend = shiftKey
  if (key === 'Home' || key === 'End') {
    const [row, all] = key === 'Home' ? (['rowStart', 'first'] as const) : (['rowEnd', 'last'] as const)
    return { type: 'jump', to: ctrlKey || metaKey ? all : row, extend }
  }
  if (ctrlKey || metaKey) {
    if (shiftKey && key.toLowerCase() === 'z') return { type: 'redo' }
    if (key === 'ArrowDown' || key === 'ArrowUp') return { type: 'jump', to: key === 'ArrowDown' ? 'last' : 'first', extend }
    return WITH_CONTROL[key.length === 1 ? key.toLowerCase() : key] ?? null
  }
  const arrow = ARROWS[key]
  if (arrow) return { type: 'go', down: arrow[0], right: arrow[1], extend }
  if (key === 'PageDown' || key === 'PageUp') return { type: 'go', down: key === 'PageDown' ? page : -page, right: 0, extend }
  if (key === 'Enter' || key === 'F2') return { type: 'edit', text: null }
  if (key === 'Delete' || key === 'Backspace') return { type: 'clear' }
  // The character itself goes into the cell's field, which has the focus by then.
  return key.length === 1 ? { type: 'edit', text: '' } : null
}

/** What a key does in the grid; null where it is the browser's or another's. `page`: rows that are seen at once. */
export const actionOf = (key: Key, isEditing: boolean, page: number): Action | null => {
  if (key.isComposing) return null
  return isEditing ? whileEditing(key) : whileMoving(key, page)
}
