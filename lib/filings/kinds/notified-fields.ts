import { DESIGNATION } from '../../participants/rules.ts'
import { CATEGORIES } from '../../taxonomy/rules.ts'
import { ACTIVITY_SORT_LABEL, LIVE_FIRE_LABEL } from './activity.ts'
import { DEPLOYMENT_SORT_LABEL } from './deployment.ts'
import type { Declared, DeclaredField } from './declared-fields.ts'
import { UAV_CLASS_LABEL } from './uav-flight.ts'

const text = (at: string, label: string, hint?: string, more: Partial<DeclaredField> = {}): DeclaredField => ({ at, label, what: 'text', ...(hint ? { hint } : {}), ...more })
const date = (at: string, label: string, hint?: string): DeclaredField => ({ at, label, what: 'date', ...(hint ? { hint } : {}) })
const stated = (at: string, label: string, unit: string, hint: string, more: Partial<DeclaredField> = {}): DeclaredField => ({ at, label, hint, what: 'stated', in: unit, ...more })
const pieces = (code: 'I' | 'II' | 'III' | 'IVa' | 'Va'): DeclaredField =>
  stated(`equipment/${code}`, CATEGORIES.find((category) => category.code === code)!.title, 'pieces', 'Where it takes part: a number, or withheld.', { optional: true })

const AREA: DeclaredField = { at: 'area', label: 'Area', hint: 'Draw a circle or an outline, or state it by coordinates or a place.', what: 'area', under: 'Where' }
const PLACE = text('place', 'Place', 'The range or the town, as people know it.', { optional: true })
const FORCES: DeclaredField = { at: 'forces', label: 'Forces', hint: 'Whose forces take part, by their codes: RS, HU.', what: 'codes' }
const PURPOSE: DeclaredField = { at: 'purpose', label: 'Purpose', hint: 'Observers and participants read this.', what: 'long' }

/** Fields of what takes place, for forms and pages. */
export const NOTIFIED: Readonly<Record<'notification.activity' | 'notification.deployment' | 'notification.uav_flight', Declared>> = {
  'notification.activity': {
    fields: [
      text('name', 'Name'), { at: 'activity', label: 'Sort', what: 'choice', options: ACTIVITY_SORT_LABEL },
      date('startsOn', 'First day', 'The preview says how long before it a notice is due.'), date('endsOn', 'Last day'), FORCES,
      { at: 'readiness', label: 'Readiness exercise without warning', hint: 'Up to 72 hours, notified when it begins.', what: 'yes' },
      AREA, PLACE,
      stated('personnel', 'Personnel', 'persons', 'All who take part, support included.', { under: 'How many' }),
      stated('airborne', 'In airborne, amphibious or heliborne assault', 'persons', '0 where there is none.'),
      pieces('I'), pieces('II'), pieces('III'), pieces('IVa'), pieces('Va'),
      { at: 'liveFire', label: 'Live fire', hint: 'None, where nothing is ticked.', what: 'several', options: LIVE_FIRE_LABEL }, PURPOSE,
      { at: 'observers/invited', label: 'Invited', hint: 'Every participant, where the preview says that the activity is to be observed.', what: 'several',
        options: DESIGNATION, others: true, optional: true, under: 'Observers' },
      { ...date('observers/replyBy', 'Replies by', 'Those invited need time to answer: the preview says how much.'), optional: true },
      { at: 'observers/programme', label: 'Programme', hint: 'Where and when they arrive, what they see, who meets them. Participants read this.', what: 'long', optional: true },
      { at: 'lateReason', label: 'Why the notice is short', hint: 'Asked for where the preview says so.', what: 'long', optional: true, under: 'Short notice' },
    ],
  },
  'notification.deployment': {
    fields: [
      { at: 'sort', label: 'What is deployed', what: 'choice', options: DEPLOYMENT_SORT_LABEL }, text('name', 'Name', 'Of the unit, the system or the force.'),
      date('startsOn', 'First day'), { ...date('endsOn', 'Last day', 'Left out where no end is planned.'), optional: true }, FORCES,
      stated('personnel', 'Personnel', 'persons', '0 where there is none.'), AREA, PLACE,
      { at: 'crosses', label: 'Borders that the forces cross', hint: 'None, where nothing is ticked.', what: 'several', options: DESIGNATION }, PURPOSE,
    ],
    rows: {
      at: 'systems', label: 'Systems', one: 'system', name: 'type',
      columns: [
        { at: 'category', label: 'Category', what: 'choice', options: Object.fromEntries(CATEGORIES.map(({ code, title }) => [code, `${code} · ${title}`])) },
        text('type', 'Type'), stated('quantity', 'Quantity', 'pieces', 'A number, or withheld.'),
      ],
    },
  },
  'notification.uav_flight': {
    fields: [
      text('name', 'Name', 'Of the flight or the series of flights.'), text('type', 'Type', 'The model of the aircraft.'), date('startsOn', 'First day'), date('endsOn', 'Last day'),
      { at: 'uavClass', label: 'Class by take-off weight', what: 'choice', options: UAV_CLASS_LABEL }, stated('aircraft', 'Aircraft', 'pieces', 'A number, or withheld.'),
      { at: 'armed', label: 'Armed', what: 'yes' }, { at: 'ceilingM', label: 'Greatest height', hint: 'In metres above the ground.', what: 'year', optional: true }, AREA, PLACE, PURPOSE,
    ],
  },
}
