import { categoryLabel } from '@/app/payload-words.ts'
import { Section } from '@/app/ui/section.tsx'
import { TextLink } from '@/app/ui/text-link.tsx'
import type { DeclaredFigure, HoldingTotal } from '@/lib/analysis/queries.ts'
import type { ParticipantCode } from '@/lib/participants/rules.ts'
import { DESIGNATION } from '@/lib/participants/rules.ts'
import { CATEGORY_CODES } from '@/lib/taxonomy/rules.ts'
import { figureRows, holdingCells } from '../../declared-years.ts'
import { YearTable } from '../../year-table.tsx'

type Props = { code: ParticipantCode; totals: readonly HoldingTotal[]; figures: readonly DeclaredFigure[] }

// What a participant declared, year by year, each figure with its change and its filing.
export const Declared = ({ code, totals, figures }: Props) => {
  const held = CATEGORY_CODES.flatMap((category) => {
    const own = totals.filter((row) => row.category === category)
    return own.length > 0 ? [{ key: category, name: <TextLink href={`/categories/${category}`}>{categoryLabel(category)}</TextLink>, cells: holdingCells(own) }] : []
  })
  const series = figureRows(figures)
  return <>
    {held.length > 0 && (
      <Section className="mt-10" title="Holdings, year by year" hint="Pieces in service and in storage; below each figure its change from the year declared before.">
        <YearTable caption={`Holdings of ${DESIGNATION[code]} by category and year`} first="Category" rows={held} />
      </Section>
    )}
    {series.length > 0 && (
      <Section className="mt-10" title="Personnel and budgets, year by year" hint="One source a line: figures of two sources are no series.">
        <YearTable caption={`Personnel and budgets of ${DESIGNATION[code]} by year`} first="Figure" rows={series} />
      </Section>
    )}
  </>
}
