'use client'
import { plural } from '@/lib/shared/format.ts'
import { Disclosure } from '../../ui/disclosure.tsx'
import type { Doc } from './holdings-grid.ts'
import { problemWords, type CellProblem } from './holdings-store.ts'

const SHOWN = 20

type Props = { doc: Doc; problems: readonly CellProblem[]; onShow: (problem: CellProblem) => void }

// What is wrong in the grid, each leading to its cell; before anything is sent.
export const ProblemList = ({ doc, problems, onShow }: Props) => (
  <Disclosure summary={`${plural(problems.length, 'cell')} to correct`}>
    <ul className="space-y-1">
      {problems.slice(0, SHOWN).map((problem) => (
        <li key={`${problem.row}:${problem.column}`}>
          <button
            type="button"
            className="cursor-pointer text-left text-crit underline underline-offset-3"
            onClick={() => onShow(problem)}>
            {problemWords(doc, problem)}
          </button>
        </li>
      ))}
    </ul>
    {problems.length > SHOWN && (
      <p className="mt-2">And {plural(problems.length - SHOWN, 'more', 'more')}: F8 in the grid leads from one to the next.</p>
    )}
  </Disclosure>
)
