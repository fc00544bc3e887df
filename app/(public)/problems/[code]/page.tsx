import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { PageHeader } from '@/app/ui/page-header.tsx'
import { isShownProblem, PROBLEM_MEANING, PROBLEM_STATUS, PROBLEM_TITLE } from '@/lib/api/problems.ts'

const DESCRIPTION = '/api/v1/openapi.json'
const BREADCRUMB = [{ href: '/about', label: 'About' }, { label: 'Refusals of the API' }]

type Props = { params: Promise<{ code: string }> }

export const generateMetadata = async ({ params }: Props): Promise<Metadata> => {
  const { code } = await params
  return { title: isShownProblem(code) ? PROBLEM_TITLE[code] : 'Page not found' }
}

// Where the `type` of a problem document leads (RFC 9457, 3.1.1).
export default async function ProblemPage({ params }: Props) {
  const { code } = await params
  if (!isShownProblem(code)) notFound()
  return <>
    <PageHeader title={PROBLEM_TITLE[code]} lead={<p>{PROBLEM_MEANING[code]}</p>} breadcrumb={BREADCRUMB} />
    <p className="max-w-text text-ink-2">
      The API answered with the code <code>{code}</code> and status {PROBLEM_STATUS[code]}. All codes, with examples, are in the documentation of the
      API; what each operation takes and answers is in its <a href={DESCRIPTION}>description</a>.
    </p>
  </>
}
