import Link from 'next/link'
import type { ComponentProps } from 'react'

type Props = Omit<ComponentProps<typeof Link>, 'prefetch'> & { reference?: string }

// `reference` is printed after the link, where a reader of paper cannot follow it. No prefetch: a list of fifty would ask for fifty pages.
export const TextLink = ({ reference, ...link }: Props) => <Link {...link} prefetch={false} data-ref={reference} />
