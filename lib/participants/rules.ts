/** The seven, in the order of their plain English names; codes as in ISO 3166-1 alpha-2, XK user-assigned. */
export const PARTICIPANTS = ['AL', 'BA', 'HR', 'XK', 'ME', 'MK', 'RS'] as const
export type ParticipantCode = (typeof PARTICIPANTS)[number]

/** How each is shown, always (status-neutral designation agreed on 24 February 2012). */
export const DESIGNATION: Record<ParticipantCode, string> = {
  AL: 'Albania',
  BA: 'Bosnia and Herzegovina',
  HR: 'Croatia',
  XK: 'Kosovo*',
  ME: 'Montenegro',
  MK: 'North Macedonia',
  RS: 'Serbia',
}

export const FOOTNOTE =
  '* This designation is without prejudice to positions on status, and is in line with UNSCR 1244/1999 and the ICJ Opinion on the Kosovo declaration of independence.'

export const isParticipant = (code: unknown): code is ParticipantCode => PARTICIPANTS.includes(code as ParticipantCode)

/** Addressees of an alert: a participant, or one of the bodies around them. */
export const BODIES = ['secretariat', 'observers', 'verifiers'] as const
export type Addressee = ParticipantCode | (typeof BODIES)[number]

export const addresseeName = (addressee: Addressee): string =>
  isParticipant(addressee) ? DESIGNATION[addressee] : `the ${addressee}`

const ORDER = new Map<Addressee, number>([...PARTICIPANTS, ...BODIES].map((addressee, index) => [addressee, index]))
export const byDesignation = (a: Addressee, b: Addressee): number => ORDER.get(a)! - ORDER.get(b)!
