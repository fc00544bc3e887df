import type { ReactNode, Ref } from 'react'
import { Mark } from './mark.tsx'

type Props = { summary: ReactNode; children: ReactNode; open?: boolean; ref?: Ref<HTMLDetailsElement> }

// Explains a word or hides what few need. Native, so it opens without script, by keyboard and in print.
export const Disclosure = ({ summary, children, open, ref }: Props) => (
  <details ref={ref} open={open} className="group text-md">
    <summary className="flex min-h-9 list-none items-center gap-2 text-accent [&::-webkit-details-marker]:hidden">
      <Mark kind="next" className="size-2.5 group-open:rotate-90" /><span className="underline underline-offset-3">{summary}</span>
    </summary>
    <div className="border-l border-rule pt-0.5 pb-2 pl-4 text-ink-2">{children}</div>
  </details>
)
