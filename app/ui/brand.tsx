import Link from 'next/link'

export const siteName = 'Balkan Arms Transparency Platform'

export const Brand = ({ href }: { href: string }) => (
  <Link href={href} prefetch={false} className="brand flex min-h-11 items-center gap-2.5 font-serif text-[1.0625rem] leading-tight
    font-semibold tracking-[.01em] text-ink no-underline">
    <svg viewBox="0 0 22 22" className="size-5.5 flex-none text-accent" aria-hidden="true">
      <circle cx="11" cy="11" r="10" fill="none" stroke="currentColor" strokeWidth="2" />
      <circle cx="11" cy="11" r="4" fill="currentColor" />
    </svg>
    <span className="pt-px">{siteName}</span>
  </Link>
)
