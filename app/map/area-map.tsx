import type { Area } from '@/lib/geo/area.ts'
import { distancesOf, territoriesOf, type Distance } from '@/lib/geo/distance.ts'
import { labelsIn, textBox, townsIn } from '@/lib/geo/labels.ts'
import { onView, type View } from '@/lib/geo/projection.ts'
import { centroidOf, describeArea, kmWords } from '@/lib/geo/words.ts'
import { DESIGNATION, PARTICIPANTS, type ParticipantCode } from '@/lib/participants/rules.ts'
import { formatList } from '@/lib/shared/format.ts'
import { BaseMapImage, RIM, SMALL } from './base-map.tsx'
import { MARK_TONE, markAt, type MapMark } from './marks.tsx'
import { acrossOf, edgeOf } from './shape.ts'
import { viewOf } from './views.ts'

const SHOWN_KM = 150
const TOWNS = 9

type Near = { code: ParticipantCode } & Distance
const nearOnes = (distances: Record<ParticipantCode, Distance>): Near[] =>
  PARTICIPANTS.map((code) => ({ code, ...distances[code] })).filter(({ km }) => km > 0 && km <= SHOWN_KM).toSorted((a, b) => a.km - b.km)

/** Where an area lies and how far from whom, as a sentence. */
export const areaWords = (area: Area): string => {
  const distances = distancesOf(area)
  const on = territoriesOf(area).map(({ participant }) => DESIGNATION[participant])
  const far = PARTICIPANTS.filter((code) => distances[code].km > 0).toSorted((a, b) => distances[a].km - distances[b].km)
  const land = on.length === 0 ? 'on no participant’s land' : `on land of ${formatList(on)}`
  const away = far.map((code) => `${kmWords(distances[code].km)} from ${DESIGNATION[code]}`).join(', ')
  return `${describeArea(area)}, ${land}${away && `; ${away}`}.`
}

/** The number stands at the boundary's end of the line, on the far side. */
const Reach = ({ view, near: { km, from, to } }: { view: View; near: Near }) => {
  const [[x1, y1], [x2, y2]] = [onView(view, from), onView(view, to)]
  const length = Math.hypot(x2 - x1, y2 - y1) || 1
  const [ux, uy] = [(x2 - x1) / length, (y2 - y1) / length]
  const anchor = ux > 0.4 ? 'start' : ux < -0.4 ? 'end' : 'middle'
  return (
    <g>
      <path d={`M${x1.toFixed(1)} ${y1.toFixed(1)}L${x2.toFixed(1)} ${y2.toFixed(1)}`} strokeWidth="1.4" className="stroke-accent" />
      <circle cx={x2.toFixed(1)} cy={y2.toFixed(1)} r="2.6" className="fill-accent" />
      <text x={(x2 + ux * 7).toFixed(1)} y={(y2 + uy * 13 + 4).toFixed(1)} textAnchor={anchor} {...RIM}
        className={`${SMALL} fill-accent-2 stroke-sheet font-semibold`}>{kmWords(km)}</text>
    </g>
  )
}

/** One area with 150 km around it, and lines to the nearest point of each participant within them. */
export const AreaMap = ({ area, name, mark = 'circle' }: { area: Area; name: string; mark?: MapMark }) => {
  const view = viewOf(area)
  const [labels, near] = [labelsIn(view), nearOnes(distancesOf(area))]
  const [middle, across] = [onView(view, centroidOf(area)), Math.max(24, acrossOf(view, area))]
  const taken = [
    ...labels.map(({ code, at }) => textBox([at[0], at[1] + 8], DESIGNATION[code], 17, 'middle')),
    ...near.map(({ to }) => onView(view, to)).map(([x, y]) => [x - 34, y - 20, x + 34, y + 20] as const),
    [middle[0] - across / 2, middle[1] - across / 2, middle[0] + across / 2, middle[1] + across / 2] as const,
  ]
  return (
    <BaseMapImage view={view} labels={labels} towns={townsIn(view, 11, TOWNS, taken)} words={`Map of ${name}: ${areaWords(area)}`}>
      <path d={edgeOf(view, area)} strokeWidth="1.6" fillOpacity="0.16" className="fill-accent stroke-accent" />
      {near.map((one) => <Reach key={one.code} view={view} near={one} />)}
      {across <= 24 && <path d={markAt(mark, middle)} strokeWidth="1" className={`${MARK_TONE[mark]} stroke-sheet`} />}
    </BaseMapImage>
  )
}
