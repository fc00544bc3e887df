import { DESIGNATION, isParticipant } from '../participants/rules.ts'
import { formatList, formatNumber } from '../shared/format.ts'
import { typeKey } from '../taxonomy/rules.ts'
import type { DeploymentFacts } from './facts.ts'
import { covers, plainFigures, type Finding, type Metric } from './metrics-figures.ts'
import { nearMeasured, nearOf, within } from './near.ts'
import type { Rule, Situation, Subject } from './situation.ts'

const onDeployment = (measure: (rule: Rule, facts: DeploymentFacts, subject: Subject, situation: Situation) => Finding | null): Metric => (rule, subject, situation) => {
  if (subject.facts.kind !== 'notification.deployment') return []
  const found = measure(rule, subject.facts, subject, situation)
  return found ? [found] : []
}

const about = ({ name, startsOn }: DeploymentFacts, subject: Subject) => ({ participant: DESIGNATION[subject.participant], name, startsOn })
const listed = (rule: Rule, { systems }: DeploymentFacts) => systems.filter(({ category, pieces }) => covers(rule, category) && pieces !== 0)
const inWords = (systems: DeploymentFacts['systems']): string =>
  formatList(systems.map(({ type, pieces, category }) => `${pieces === null ? 'an unstated number of' : formatNumber(pieces)} ${type} (${category})`))

/** Forces that are not the participant's own: a hundred or more, or any system of the categories listed. */
const foreign: Metric = onDeployment((rule, facts, subject) => {
  const limits = plainFigures(rule, 'persons')
  const owners = facts.forces.filter((code) => code !== subject.participant)
  if (!limits || owners.length === 0) return null
  const systems = listed(rule, facts)
  const many = facts.personnel !== null && facts.personnel >= limits.persons
  if (!many && systems.length === 0) return facts.personnel === null ? { category: null, why: 'the number of personnel is not stated' } : null
  const measured = [...(many ? [`${formatNumber(facts.personnel!)} personnel`] : []), ...(systems.length > 0 ? [inWords(systems)] : [])].join('; ')
  return {
    category: null, measured, threshold: `${formatNumber(limits.persons)} personnel, or any system of the categories listed`,
    values: { ...about(facts, subject), owners: formatList(owners.map((code) => (isParticipant(code) ? DESIGNATION[code] : code))), forces: measured },
  }
})

const movement: Metric = onDeployment((rule, facts, subject) => {
  const limits = plainFigures(rule, 'persons', 'km', 'crossing')
  if (!limits || facts.sort === 'new_system') return null
  if (facts.personnel === null) return { category: null, why: 'the number of personnel is not stated' }
  if (!facts.area && facts.crosses.length === 0) return { category: null, why: 'the area is not stated' }
  const near = facts.personnel >= limits.persons ? within(facts.area, limits.km, subject.participant) : []
  const crossed = facts.personnel >= limits.crossing ? facts.crosses.filter((code) => code !== subject.participant) : []
  if (near.length === 0 && crossed.length === 0) return null
  const across = crossed.map((code) => `across the border of ${DESIGNATION[code]}`)
  const where = [...(near.length > 0 ? [nearMeasured(near)] : []), ...across].join('; ')
  const reasons = nearOf(near)
  for (const code of crossed) reasons.set(code, [reasons.get(code), 'the forces cross its border'].filter(Boolean).join(', and '))
  return {
    category: null, measured: `${formatNumber(facts.personnel)} personnel, ${where}`,
    threshold: `${formatNumber(limits.persons)} personnel within ${limits.km} km, or ${formatNumber(limits.crossing)} across a border`,
    values: { ...about(facts, subject), forces: `${formatNumber(facts.personnel)} personnel`, where }, near: reasons,
  }
})

const newSystem: Metric = onDeployment((rule, facts, subject, { deployedTypes }) => {
  const systems = listed(rule, facts).filter(({ type }) => !deployedTypes?.includes(typeKey(type)))
  if (systems.length === 0) return null
  return {
    category: systems[0]!.category, measured: inWords(systems), threshold: 'no deployment of the type notified before',
    values: { ...about(facts, subject), systems: inWords(systems) },
  }
})

const uavNearBorder: Metric = (rule, subject) => {
  const { facts } = subject
  const limits = plainFigures(rule, 'km')
  if (facts.kind !== 'notification.uav_flight' || !limits) return []
  const near = within(facts.area, limits.km, subject.participant)
  if (near.length === 0) return []
  const armed = facts.armed ? 'armed' : 'unarmed'
  return [{
    category: null, measured: nearMeasured(near), threshold: `within ${limits.km} km`,
    values: { participant: DESIGNATION[subject.participant], name: facts.name, when: `${facts.startsOn} to ${facts.endsOn}`, armed, near: nearMeasured(near), km: String(limits.km) },
    near: nearOf(near),
  }]
}

export const DEPLOYMENT_METRICS: Record<string, Metric> = {
  'deployment.foreign': foreign,
  'deployment.movement': movement,
  'deployment.new_system': newSystem,
  'uav_flight.border': uavNearBorder,
}
