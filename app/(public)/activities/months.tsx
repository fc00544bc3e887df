import { TextLink } from '@/app/ui/text-link.tsx'
import { countByMonth } from '@/lib/activities/month.ts'
import type { Listed } from '@/lib/activities/rules.ts'
import { formatNumber, plural } from '@/lib/shared/format.ts'

export const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'] as const

type Props = { listed: readonly Listed[]; month: string; hrefOf: (month: string) => string }

/** The months of the shown year: those that hold anything lead there. */
export const Months = ({ listed, month, hrefOf }: Props) => {
  const year = month.slice(0, 4)
  const beside = (years: number) => `${Number(year) + years}${month.slice(4)}`
  return (
    <nav aria-label={`Months of ${year}`} className="mb-4 flex flex-wrap items-baseline gap-x-4 gap-y-1 text-sm">
      <TextLink href={hrefOf(beside(-1))} aria-label={`The year before, ${Number(year) - 1}`}>{Number(year) - 1}</TextLink>
      <span className="font-semibold">{year}</span>
      <TextLink href={hrefOf(beside(1))} aria-label={`The year after, ${Number(year) + 1}`}>{Number(year) + 1}</TextLink>
      <ol className="flex flex-wrap gap-x-3.5 gap-y-1">
        {countByMonth(listed, year).map((count, index) => {
          const [name, each] = [MONTHS[index]!, `${year}-${String(index + 1).padStart(2, '0')}`]
          const words = `${name.slice(0, 3)}${count > 0 ? ` (${formatNumber(count)})` : ''}`
          if (count === 0 && each !== month) return <li key={name} className="text-ink-3">{words}</li>
          return (
            <li key={name}>
              <TextLink href={hrefOf(each)} aria-current={each === month ? 'page' : undefined} aria-label={`${words}: ${name} ${year}, ${plural(count, 'entry', 'entries')}`}
                className="aria-[current]:font-semibold aria-[current]:text-ink aria-[current]:no-underline">{words}</TextLink>
            </li>
          )
        })}
      </ol>
    </nav>
  )
}
