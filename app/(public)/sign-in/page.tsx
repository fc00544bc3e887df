import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { PageHeader } from '@/app/ui/page-header.tsx'
import { currentViewer } from '@/app/viewer.ts'
import { env } from '@/lib/shared/env.ts'
import { DemoAccounts } from './demo-accounts.tsx'
import { localPath } from './local-path.ts'
import { SignInForm } from './sign-in-form.tsx'

export const metadata: Metadata = { title: 'Sign in' }

type Props = { searchParams: Promise<{ next?: string | string[] }> }

export default async function SignInPage({ searchParams }: Props) {
  const next = localPath((await searchParams).next)
  if ((await currentViewer()).role !== 'public') redirect(next)
  return (
    <div className="max-w-form">
      <PageHeader title="Sign in" lead="For those who file, verify, observe or administer. The register itself is open to everyone." />
      <noscript><p className="mb-6 font-semibold">Signing in needs JavaScript. Everything public works without it.</p></noscript>
      <SignInForm next={next} />
      {env().isDemo && <DemoAccounts />}
    </div>
  )
}
