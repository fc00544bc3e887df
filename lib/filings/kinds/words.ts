import type { KindName } from './registry.ts'

/** How a kind is spoken of: 'an acquisition', 'Acquisitions', 'Serbia notifies an acquisition', 'amends its declaration of holdings'. */
type Words = { noun: string; article: 'a' | 'an'; plural: string; files: string; own: string }

const notification = (noun: string, article: 'a' | 'an', plural: string): Words => ({ noun, article, plural, files: `notifies ${article} ${noun}`, own: `${article} ${noun}` })
const declaration = (what: string, files: string): Words =>
  ({ noun: `declaration of ${what}`, article: 'a', plural: `Declarations of ${what}`, files, own: `its declaration of ${what}` })
const statement = (what: string, files: string): Words =>
  ({ noun: `statement on ${what}`, article: 'a', plural: `Statements on ${what}`, files, own: `its statement on ${what}` })

export const KIND_WORDS: Readonly<Record<KindName, Words>> = {
  'notification.acquisition': notification('acquisition', 'an', 'Acquisitions'),
  'notification.disposal': notification('disposal', 'a', 'Disposals'),
  'notification.activity': notification('activity', 'an', 'Activities'),
  'notification.deployment': notification('deployment', 'a', 'Deployments'),
  'notification.uav_flight': { noun: 'notice of UAV flights', article: 'a', plural: 'UAV flights', files: 'notifies UAV flights', own: 'its notice of UAV flights' },
  'calendar.activities': { noun: 'calendar of activities', article: 'a', plural: 'Calendars of activities', files: 'files its calendar of activities', own: 'its calendar of activities' },
  'agreement.defence': { noun: 'defence agreement', article: 'a', plural: 'Defence agreements', files: 'files a defence agreement', own: 'its filing of a defence agreement' },
  'declaration.holdings': declaration('holdings', 'declares its holdings'),
  'declaration.personnel': declaration('personnel', 'declares its personnel'),
  'declaration.structure': declaration('structure', 'declares the structure of its forces'),
  'declaration.budget': declaration('budgets', 'declares a defence budget'),
  'statement.cyber': statement('cyber capability', 'states its cyber capability'),
  'statement.autonomy': statement('autonomous functions', 'states its weapons with autonomous functions'),
  'statement.surveillance': statement('biometric surveillance', 'states its biometric surveillance'),
}

/** Declarations and statements are as of a date, and one of each stands for a date. */
export const isDeclaration = (kind: KindName): boolean => !kind.startsWith('notification.') && !isAgreement(kind)

/** Agreements with others: they have a title and parties, and state no equipment. */
export const isAgreement = (kind: KindName): boolean => kind === 'agreement.defence'

/** Notices of what takes place: they have a name and a place, and state no equipment that is held. */
export const takesPlace = (kind: KindName): boolean => kind === 'notification.activity' || kind === 'notification.deployment' || kind === 'notification.uav_flight'

/** What a kind is called in addresses: '/filings/new/personnel'. Holdings are the declaration by name. */
export const slugOf = (kind: KindName): string => {
  if (kind === 'declaration.holdings') return 'declaration'
  if (isAgreement(kind)) return 'agreement'
  return kind === 'calendar.activities' ? 'calendar' : kind.split('.')[1]!
}
