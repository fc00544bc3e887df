'use client'
import Link from 'next/link'
import type { MouseEvent } from 'react'
import { usePathname } from 'next/navigation'
import { cx } from './cx.ts'
import { Mark } from './mark.tsx'

export type NavLink = { href: string; label: string; count?: number }

const covers = (href: string, path: string) => path === href || (href !== '/' && path.startsWith(`${href}/`))

// The most specific link wins: on /filings/new it is /filings, unless /filings/new is itself in the list.
const currentOf = (links: NavLink[], path: string) =>
  links.filter(link => covers(link.href, path)).toSorted((a, b) => b.href.length - a.href.length)[0]?.href

// The header outlives a navigation; the open menu of a narrow screen should not.
const closeMenu = (event: MouseEvent<HTMLElement>) => event.currentTarget.closest('details')?.removeAttribute('open')

const Items = ({ links, current, line }: { links: NavLink[]; current?: string; line: string }) => links.map(link => (
  <li key={link.href}>
    <Link href={link.href} prefetch={false} onClick={closeMenu} aria-current={link.href === current ? 'page' : undefined}
      className="nav-link group/item block px-2.5 text-md text-ink-2 no-underline hover:text-ink
        aria-[current]:font-book aria-[current]:text-ink">
      <span className={cx('flex items-center', line)}>{link.label}{link.count ? ` (${link.count})` : ''}</span>
    </Link>
  </li>
))

export const SiteNav = ({ links }: { links: NavLink[] }) => {
  const current = currentOf(links, usePathname())
  return (
    <>
      <nav aria-label="Main" className="order-3 max-sm:hidden max-lg:w-full lg:order-2">
        <ul className="-mx-2.5 flex flex-wrap">
          <Items links={links} current={current}
            line="min-h-10 border-b-2 border-transparent group-aria-[current]/item:border-accent lg:min-h-15" />
        </ul>
      </nav>
      <details className="group order-2 sm:hidden">
        <summary className="flex min-h-9 list-none items-center gap-2 text-md font-book text-accent [&::-webkit-details-marker]:hidden">
          Menu <Mark kind="down" className="group-open:rotate-180" />
        </summary>
        <nav aria-label="Main" className="absolute inset-x-0 top-full z-10 border-b border-rule bg-sheet px-4 pb-3">
          <ul className="-mx-2.5">
            <Items links={links} current={current} line="min-h-11 border-t border-rule-2" />
          </ul>
        </nav>
      </details>
    </>
  )
}
