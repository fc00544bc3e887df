import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { FilingMark, VerificationMark } from '@/app/marks.tsx'
import { ButtonLink } from '@/app/ui/button.tsx'
import { Columns } from '@/app/ui/columns.tsx'
import { PageHeader } from '@/app/ui/page-header.tsx'
import { StatusMark } from '@/app/ui/status-mark.tsx'
import { currentCaller, currentViewer } from '@/app/viewer.ts'
import { alertsOfFiling } from '@/lib/alerts/queries.ts'
import { getFiling } from '@/lib/filings/queries.ts'
import { DESIGNATION } from '@/lib/participants/rules.ts'
import { listPlaces } from '@/lib/proof/queries.ts'
import { AppError } from '@/lib/shared/errors.ts'
import { listSignatures } from '@/lib/verification/queries.ts'
import { Actions } from './actions.tsx'
import { Alerts } from './alerts.tsx'
import { Banners } from './banners.tsx'
import { Clarifications } from './clarifications.tsx'
import { Facts } from './facts.tsx'
import { History } from './history.tsx'
import { leadOf } from './lead.tsx'
import { Observers } from './observation.tsx'
import { Lines } from '@/app/holdings-lines.tsx'
import { Proof } from './proof.tsx'
import { Verification } from './verification.tsx'

type Props = { params: Promise<{ id: string }> }

const load = cache(async (id: string) => {
  try {
    return await getFiling(await currentCaller(), { id })
  } catch (error) {
    if (error instanceof AppError && (error.code === 'not_found' || error.code === 'invalid')) notFound()
    throw error
  }
})

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { entry, version } = await load((await params).id)
  return { title: `${entry.number}, ${DESIGNATION[entry.participant]}: ${version.summary}` }
}

export default async function FilingPage({ params }: Props) {
  const filing = await load((await params).id)
  const { entry, version, versions } = filing
  const [caller, viewer] = [await currentCaller(), await currentViewer()]
  const [signatures, ...caused] = await Promise.all([
    listSignatures(caller, { entryId: entry.entryId }), ...versions.map(({ id }) => alertsOfFiling(caller, { filingId: id })),
  ])
  const isNewest = version.version === entry.version
  const hasSigned = signatures.some(({ own, filingId }) => own && filingId === version.id)
  const told = caused[versions.indexOf(version)]!.told.map(({ id }) => id)
  const places = await listPlaces(caller, { subjects: [version.id, ...told] })
  const causedBy = versions.map((each, index) => ({ version: each, ...caused[index]! }))
  return <>
    <PageHeader breadcrumb={[{ href: '/register', label: 'Register' }, { label: entry.number }]}
      title={`${DESIGNATION[entry.participant]}: ${version.summary}`}
      status={<>
        {version.payload.compiled && version.status === 'filed'
          ? <StatusMark mark="none">Compiled</StatusMark>
          : <FilingMark status={version.status} />}
        {isNewest && version.status !== 'withdrawn' && <VerificationMark status={entry.verification} signatures={entry.signatures} earlier={entry.earlier} long />}
      </>}
      lead={leadOf(filing)}
      actions={<>
        <Actions entry={entry} isNewest={isNewest} viewer={viewer} hasSigned={hasSigned} />
        <ButtonLink reload tone="quiet" href={`/api/v1/filings/${version.id}?format=pdf`}>PDF for paper</ButtonLink>
      </>} />
    <Banners filing={filing} />
    <Columns label="Verification and proof" aside={<>
      <Verification filing={filing} signatures={signatures} viewer={viewer} />
      <Proof version={version} number={entry.number} places={places} />
    </>}>
      <Facts filing={filing} viewer={viewer} />
      <Observers filing={filing} viewer={viewer} />
      {entry.kind === 'declaration.holdings' && <Lines payload={version.payload} participant={entry.participant} id={version.id} />}
      <Alerts caused={causedBy} shown={version.id} filer={entry.participant} viewer={viewer} places={places} />
      <Clarifications filing={version.id} viewer={viewer} />
      <History filing={filing} signatures={signatures} />
    </Columns>
  </>
}
