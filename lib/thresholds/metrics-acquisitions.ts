import { DESIGNATION } from '../participants/rules.ts'
import { formatNumber, plural } from '../shared/format.ts'
import { categoryOf } from '../taxonomy/rules.ts'
import type { AcquisitionFacts } from './facts.ts'
import {
  DECLARATION_WITHHOLDS, FROM_NONE, WITHHELD, changeInWords, changeMeasured, covers, figures, onAcquisition, ratioAndUnits, reaches, units,
  type Metric,
} from './metrics-figures.ts'
import { OTHERS_WITHHELD, calendarDays, declarationOf, notesOn, projectionOf, viennaDay } from './metrics-projected.ts'
import type { Subject } from './situation.ts'

const received = ({ quantity, delivered, type, counted }: AcquisitionFacts): string => {
  const what = counted ? type : `upgraded ${type}`
  if (quantity === null) return `has received a first delivery of ${what}, of an unstated number`
  return `has received ${delivered === null ? 'an unstated part' : formatNumber(delivered)} of ${formatNumber(quantity)} ${what}`
}

/** 'has contracted 12 Rafale F3-R' */
const act = (facts: AcquisitionFacts): string => {
  const { counted, stage } = facts
  const what = `${facts.quantity === null ? 'an unstated number of' : formatNumber(facts.quantity)} ${facts.type}`
  if (stage === 'planned') return `plans to ${counted ? 'acquire' : 'upgrade'} ${what}`
  if (stage === 'contracted') return `has contracted ${counted ? '' : 'the upgrade of '}${what}`
  return stage === 'first_delivery' ? received(facts) : `has incorporated ${what}${counted ? '' : ', upgraded'}`
}

const about = (facts: AcquisitionFacts, subject: Subject): Record<string, string> => ({
  participant: DESIGNATION[subject.participant],
  category: facts.category,
  categoryName: categoryOf(facts.category).name,
  type: facts.type,
  act: act(facts),
})

const stated = (facts: AcquisitionFacts): string => (facts.quantity === null ? WITHHELD : units(facts.quantity))

/** Any quantity of a listed category, and an unstated one. Only an explicit nil is none. */
const anyQuantity: Metric = onAcquisition((rule, facts, subject) => {
  const { category } = facts
  if (!covers(rule, category) || facts.quantity === 0) return null
  return { category, measured: stated(facts), threshold: `any quantity in category ${category}`, values: about(facts, subject) }
})

const quantityFloor: Metric = onAcquisition((rule, facts, subject) => {
  const { category, quantity } = facts
  const limits = figures(rule, category, 'floor')
  if (!limits) return null
  if (quantity === null) return { category, why: WITHHELD }
  if (quantity < limits.floor) return null
  const threshold = units(limits.floor)
  return { category, measured: units(quantity), threshold, values: { ...about(facts, subject), threshold } }
})

const newType: Metric = onAcquisition((rule, facts, subject, situation) => {
  const { category } = facts
  if (!covers(rule, category) || situation.typeKnown || facts.quantity === 0) return null
  const [measured, threshold] = ['a type new to the register', 'no participant declared or notified it before']
  return { category, measured, threshold, values: about(facts, subject) }
})

/** The last declaration against what is held when everything contracted or planned has arrived. What is withheld only adds to it. */
const projectedGrowth: Metric = onAcquisition((rule, facts, subject, situation) => {
  const { category } = facts
  const limits = figures(rule, category, 'ratio', 'units')
  const projection = limits && projectionOf(facts, subject, situation)
  if (!limits || !projection) return null
  if ('why' in projection) return { category, ...projection }
  const { declared, after, position } = projection
  if (position.declaredWithheld > 0) return { category, why: DECLARATION_WITHHOLDS }
  const growth = after - declared
  if (growth <= 0 || growth < limits.units || !reaches(growth, limits.ratio, declared)) {
    return position.incomingWithheld > 0 ? { category, why: OTHERS_WITHHELD } : null
  }
  const threshold = ratioAndUnits(limits.ratio, limits.units)
  return {
    category, measured: changeMeasured(declared, after), threshold,
    values: {
      ...about(facts, subject), change: changeInWords(declared, after), threshold, declaration: declarationOf(position.declaredAsOf),
    },
    notes: [...(declared === 0 ? [FROM_NONE] : []), ...notesOn(position)],
  }
})

/** A due date ends at 23:59:59 Europe/Vienna. An amendment is not late: what it corrects was filed, in time or not. */
const lateNotice: Metric = onAcquisition((rule, facts, subject) => {
  const { category, stage } = facts
  if (subject.amended || stage === 'planned') return null
  const contract = stage === 'contracted'
  const limit = contract ? 'contractDays' : 'deliveryDays'
  const allowed = figures(rule, category, limit)?.[limit]
  if (allowed === undefined) return null
  const date = contract ? facts.signedOn : facts.deliveredOn
  if (date === null) return { category, why: `the date of ${contract ? 'signature' : 'delivery'} is not stated` }
  const days = calendarDays(date, subject.filedAt)
  if (days === null) return { category, why: 'the date is known to the year only' }
  if (days <= allowed) return null
  const [measured, threshold] = [plural(days, 'day'), plural(allowed, 'day')]
  const event = `${contract ? 'the contract' : 'the delivery'} of ${date}`
  const filedOn = viennaDay(subject.filedAt)
  return { category, measured, threshold, values: { ...about(facts, subject), event, filedOn, days: measured, threshold } }
})

export const ACQUISITION_METRICS: Record<string, Metric> = {
  'acquisition.any_quantity': anyQuantity,
  'acquisition.quantity': quantityFloor,
  'acquisition.new_type': newType,
  'acquisition.projected_growth': projectedGrowth,
  'acquisition.late_notice': lateNotice,
}
