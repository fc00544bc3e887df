import { Disclosure } from '../../ui/disclosure.tsx'

/** The keys of the grid, in the order in which they are learnt (holdings-keys.ts). */
const KEYS: readonly (readonly [keys: string, does: string])[] = [
  ['Arrows, Page up and down, Home, End', 'move; with Shift they select a block'],
  ['Enter, F2, or typing', 'edit the cell'],
  ['Enter, Tab', 'keep what was typed and go down, or right; with Shift back'],
  ['Escape', 'leave the cell as it was'],
  ['Alt+Enter', 'a new line within a remark'],
  ['Ctrl+C, Ctrl+X, Ctrl+V', 'copy, cut and paste blocks from and to Excel or LibreOffice'],
  ['Ctrl+D', 'fill down'],
  ['Ctrl+Enter', 'add a line in the category'],
  ['Delete', 'clear the cells'],
  ['Ctrl+Delete', 'delete the lines'],
  ['Ctrl+Z, Ctrl+Y', 'undo, redo'],
  ['Ctrl+F', 'find a line'],
  ['F8', 'go to the next problem'],
  ['Tab', 'leave the grid'],
]

// Written on the server: words are not for the script that a page ships.
export const HoldingsHelp = () => (
  <Disclosure summary="Keys and pasting">
    <dl className="grid gap-x-5 gap-y-1 sm:grid-cols-[minmax(0,17rem)_minmax(0,1fr)]">
      {KEYS.map(([keys, does]) => (
        <div key={does} className="contents">
          <dt className="text-ink">{keys}</dt>
          <dd className="mb-1 sm:mb-0">{does}</dd>
        </div>
      ))}
    </dl>
    <p className="mt-3 max-w-text">
      Paste cells over lines of a category: more rows than there are become new lines. Paste seven columns, the code of the category first
      (I, IVa, SALW), then type, in service, in storage, unit, site and remark, and each row goes to its category.
    </p>
    <p className="mt-3 max-w-text">
      Quantities: <code>0</code> is nil; <code>withheld: reason</code>, or <code>w: reason</code>, is withheld; an empty cell is a blank,
      which is refused. Type 1234 or 1 234: <code>1.234</code> and <code>1,234</code> can be read in two ways.
    </p>
  </Disclosure>
)
