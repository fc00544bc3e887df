import { Notice } from '@/app/ui/notice.tsx'
import type { listFindings } from '@/lib/log/queries.ts'
import { formatDateTime } from '@/lib/shared/format.ts'

type Finding = Awaited<ReturnType<typeof listFindings>>[number]

const List = ({ findings }: { findings: readonly Finding[] }) => (
  <ul>{findings.map(({ id, at, words }) => <li key={id}>{formatDateTime(at)}: {words}</li>)}</ul>
)

/** What disagrees, by whom it was found. Nothing of it is ever taken off this page. */
export const Findings = ({ findings }: { findings: readonly Finding[] }) => {
  const own = findings.filter(({ witness }) => witness === null)
  const refusing = findings.filter(({ witness, isOpen }) => witness !== null && isOpen)
  const settled = findings.filter(({ isOpen }) => !isOpen)
  return (
    <>
      {own.length > 0 && <Notice tone="crit" title="The register’s check of itself found what disagrees"><List findings={own} /></Notice>}
      {refusing.length > 0 && <Notice tone="crit" title="A witness refuses the log"><List findings={refusing} /></Notice>}
      {settled.length > 0 && (
        <Notice title="Witnesses that refused the log, and have cosigned newer heads since or are retired"><List findings={settled} /></Notice>
      )}
    </>
  )
}
