import Link from 'next/link'
import type { ComponentProps } from 'react'
import { cx } from './cx.ts'

export type ButtonTone = 'primary' | 'quiet' | 'danger' | 'plain'

const tones: Record<ButtonTone, string> = {
  primary: 'border-accent bg-accent text-sheet hover:bg-accent-2',
  quiet: 'border-accent bg-transparent text-accent hover:bg-accent-soft',
  danger: 'border-crit bg-crit text-sheet hover:bg-crit-2',
  plain: 'border-transparent bg-transparent px-0! text-accent underline underline-offset-3 hover:decoration-2',
}

export const buttonClass = (tone: ButtonTone = 'primary', extra?: string) => cx(
  'button inline-flex min-h-9 cursor-pointer items-center justify-center gap-2 rounded border px-4 py-1.5',
  'text-md leading-tight font-book no-underline',
  'disabled:cursor-not-allowed disabled:opacity-60 aria-disabled:cursor-progress aria-disabled:opacity-75', tones[tone], extra)

type Props = ComponentProps<'button'> & { tone?: ButtonTone }

export const Button = ({ tone, className, type = 'button', ...rest }: Props) =>
  <button type={type} className={buttonClass(tone, className)} {...rest} />

type LinkProps = Omit<ComponentProps<'a'>, 'href'> & { href: string; tone?: ButtonTone; reload?: boolean }

// `reload` is for what is not a page of the application: a download, the API.
export const ButtonLink = ({ tone, className, reload, href, ...rest }: LinkProps) => reload || rest.download !== undefined
  ? <a href={href} className={buttonClass(tone, className)} {...rest} />
  : <Link href={href} prefetch={false} className={buttonClass(tone, className)} {...rest} />
