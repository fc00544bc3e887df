import { Pagination } from '@/app/ui/pagination.tsx'
import { PAGE_SIZE } from './filter.ts'

/** The rows of one page; past the last page, those of the last. */
export const pageOfRows = <T,>(rows: readonly T[], asked: number) => {
  const pages = Math.max(1, Math.ceil(rows.length / PAGE_SIZE))
  const page = Math.min(asked, pages)
  const from = (page - 1) * PAGE_SIZE
  return { shown: rows.slice(from, from + PAGE_SIZE), page, pages, total: rows.length, from: from + 1 }
}

type Props = { of: ReturnType<typeof pageOfRows>; label: string; hrefOf: (page: number) => string }
export const Pages = ({ of: { shown, page, pages, total, from }, label, hrefOf }: Props) => (pages === 1 ? null : (
  <Pagination label={label} from={from} to={from + shown.length - 1} total={total} page={page} pages={pages}
    previous={page > 1 ? hrefOf(page - 1) : undefined} next={page < pages ? hrefOf(page + 1) : undefined} />
))
