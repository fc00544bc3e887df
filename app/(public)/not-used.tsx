import { Notice } from '@/app/ui/notice.tsx'

/** What is wrong with filters that the list below leaves aside. */
export const NotUsed = ({ problems }: { problems: readonly string[] }) => (problems.length === 0 ? null : (
  <Notice tone="warn" title={problems.length === 1 ? 'One filter is not used' : `${problems.length} filters are not used`}>
    <ul>{problems.map((problem) => <li key={problem}>{problem}</li>)}</ul>
  </Notice>
))
