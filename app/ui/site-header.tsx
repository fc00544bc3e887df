import type { ReactNode } from 'react'
import { Brand } from './brand.tsx'
import { SiteNav, type NavLink } from './site-nav.tsx'

type Props = { home: string; links: NavLink[]; who?: { title: string; sub: string }; actions?: ReactNode }

export const SiteHeader = ({ home, links, who, actions }: Props) => (
  <header className="relative border-b border-rule bg-sheet">
    <div className="mx-auto flex min-h-15 max-w-page flex-wrap items-center gap-x-7 px-4 max-lg:pt-1.5 max-sm:pb-1.5 sm:px-6">
      <div className="order-1 max-sm:w-full"><Brand href={home} /></div>
      {links.length > 0 && <SiteNav links={links} />}
      {(who || actions) && (
        <div className="order-2 ml-auto flex items-center gap-4 text-sm text-ink-2 lg:order-3">
          {who && (
            <p className="text-right leading-[1.3] max-sm:flex max-sm:gap-x-1.5">
              <b className="block font-book text-ink">{who.title}</b><span className="sm:hidden" aria-hidden="true">·</span>{who.sub}
            </p>
          )}
          {actions && <div className="site-actions flex items-center gap-3">{actions}</div>}
        </div>
      )}
    </div>
  </header>
)
