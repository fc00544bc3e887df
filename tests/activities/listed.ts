import type { Listed } from '../../lib/activities/rules.ts'

let made = 0
/** A notified exercise of Serbia on two days of June, with an id of its own. */
export const anActivity = (more: Partial<Listed> = {}): Listed => ({
  filing: { id: `00000000-0000-4000-8000-${String(++made).padStart(12, '0')}`, number: `RS-2027-${made}` }, line: 0, participant: 'RS', kind: 'notification.activity',
  name: `Exercise ${made}`, sort: 'exercise', startsOn: '2027-06-01', endsOn: '2027-06-02', vague: false, personnel: 100, forces: ['RS'], place: null, area: null,
  noticeDays: 50, noticeAsked: 42, compiled: false, ...more,
})
export const planned = (more: Partial<Listed> = {}): Listed => anActivity({ kind: 'calendar.activities', line: 1, noticeDays: null, noticeAsked: null, ...more })
export const compiled = (more: Partial<Listed> = {}): Listed => anActivity({ compiled: true, noticeDays: null, noticeAsked: null, ...more })
