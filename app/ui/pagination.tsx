import { Mark } from './mark.tsx'
import { TextLink } from './text-link.tsx'

const counted = new Intl.NumberFormat('en')

type Props = { from: number; to: number; total: number; previous?: string; next?: string; page?: number; pages?: number; label?: string }

const link = 'flex min-h-9 items-center gap-1.5'

export const Showing = ({ from, to, total }: Pick<Props, 'from' | 'to' | 'total'>) =>
  <>Showing {counted.format(from)} to {counted.format(to)} of {counted.format(total)}</>

export const Pagination = ({ from, to, total, previous, next, page, pages, label = 'Pages' }: Props) => (
  <nav aria-label={label} className="mt-4 flex flex-wrap items-center justify-between gap-x-6 text-sm text-ink-3">
    <p><Showing {...{ from, to, total }} />{page && pages ? ` · page ${counted.format(page)} of ${counted.format(pages)}` : ''}</p>
    <div className="flex gap-6">
      {previous && <TextLink href={previous} rel="prev" className={link}><Mark kind="previous" />Previous</TextLink>}
      {next && <TextLink href={next} rel="next" className={link}>Next<Mark kind="next" /></TextLink>}
    </div>
  </nav>
)
