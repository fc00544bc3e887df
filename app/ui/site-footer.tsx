import type { ReactNode } from 'react'
import { TextLink } from './text-link.tsx'

type Props = { note?: ReactNode; links?: { href: string; label: string }[] }

export const SiteFooter = ({ note, links = [] }: Props) => (
  <footer className="mt-auto border-t border-rule text-xs text-ink-3">
    <div className="mx-auto flex max-w-page flex-wrap justify-between gap-x-10 gap-y-2 px-4 py-4.5 sm:px-6">
      {note && <p className="max-w-[96ch]">{note}</p>}
      {links.length > 0 && (
        <nav aria-label="About this site">
          <ul className="flex flex-wrap gap-x-5">
            {links.map(link => (
              <li key={link.href}><TextLink href={link.href} className="flex min-h-6 items-center text-ink-2">{link.label}</TextLink></li>
            ))}
          </ul>
        </nav>
      )}
    </div>
  </footer>
)
