'use client'
import { useState } from 'react'
import type { Area } from '@/lib/geo/area.ts'
import { DESIGNATION } from '@/lib/participants/rules.ts'
import { formatList, formatNumber } from '@/lib/shared/format.ts'
import { FieldError } from '../../ui/field.tsx'
import { distancesFrom } from './area-actions.ts'
import { useSettled } from './use-settled.ts'

type Measured = Extract<Awaited<ReturnType<typeof distancesFrom>>, { ok: true }>['value']
type Answer = { key: string; measured: Measured | null; error: string | null }

const nearly = (km: number): string => `${formatNumber(Number(km.toFixed(km < 10 ? 1 : 0)))} km`

// How far from whom, by the register's own measure, or why it cannot be an area: asked whenever it has been left alone for a moment.
export const AreaDistances = ({ area }: { area: Area }) => {
  const key = JSON.stringify(area)
  const [answer, setAnswer] = useState<Answer>({ key: '', measured: null, error: null })
  useSettled(key, 300, async () => {
    const outcome = await distancesFrom(area).catch(() => null)
    if (outcome?.ok) setAnswer({ key, measured: outcome.value, error: null })
    else setAnswer({ key, measured: null, error: outcome ? (outcome.error.fields?.[0]?.message ?? outcome.error.message) : 'The server could not be reached; distances come back with it.' })
  }, true, true)
  if (answer.error && answer.key === key) return <div role="alert"><FieldError id="area-measured">{answer.error}</FieldError></div>
  if (!answer.measured) return <p className="text-sm text-ink-3">Measuring …</p>
  const { where, territories, distances } = answer.measured
  return (
    <div aria-busy={answer.key !== key} className={answer.key === key ? undefined : 'opacity-60'}>
      <p className="text-sm text-ink-2">
        {where[0]!.toUpperCase() + where.slice(1)}, {territories.length === 0 ? 'on no participant’s land' : `on land of ${formatList(territories.map(({ participant }) => DESIGNATION[participant]))}`}.
      </p>
      <dl className="mt-2 grid grid-cols-[minmax(0,1fr)_auto] gap-x-5 gap-y-1 text-sm sm:grid-cols-[repeat(2,minmax(0,1fr)_auto)]">
        {distances.filter(({ km }) => km > 0).map(({ participant, km }) => (
          <div key={participant} className="contents"><dt className="text-ink-3">to {DESIGNATION[participant]}</dt><dd className="text-right tabular-nums">{nearly(km)}</dd></div>
        ))}
      </dl>
    </div>
  )
}
