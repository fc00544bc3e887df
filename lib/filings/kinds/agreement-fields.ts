import { AGREEMENT_SORT_LABEL, AGREEMENT_SORT_MEANING, AGREEMENT_SORTS, AGREEMENT_STATUS_LABEL, AGREEMENT_TEXT_LABEL, ORGANISATION_LABEL, SUBJECT_LABEL } from './agreement.ts'
import type { Declared } from './declared-fields.ts'

const SORTS = Object.fromEntries(AGREEMENT_SORTS.map((sort) => [sort, `${AGREEMENT_SORT_LABEL[sort]}: ${AGREEMENT_SORT_MEANING[sort]}`]))

/** Fields of an agreement, for its form and its page. */
export const AGREEMENT: Declared = {
  fields: [
    { at: 'title', label: 'Title', hint: 'As it is called, in English.', what: 'text' }, { at: 'agreement', label: 'Sort', what: 'choice', options: SORTS },
    { at: 'partners', label: 'Other parties', hint: 'Two-letter codes, such as AL, TR; not your own. A party or an organisation is needed.', what: 'codes', optional: true, under: 'With whom' },
    { at: 'organisations', label: 'Organisations', what: 'several', options: ORGANISATION_LABEL, optional: true },
    { at: 'status', label: 'Status', hint: 'What changes later is an amendment.', what: 'choice', options: AGREEMENT_STATUS_LABEL, compiledOptions: ['unknown'], under: 'How it stands' },
    { at: 'signedOn', label: 'Signed on', hint: 'Left out while it is planned.', what: 'date', optional: true },
    { at: 'inForceOn', label: 'In force from', what: 'date', optional: true }, { at: 'endsOn', label: 'Ends on', hint: 'Left out where no end is agreed.', what: 'date', optional: true },
    { at: 'subjects', label: 'What it covers', what: 'several', options: SUBJECT_LABEL, under: 'What it agrees' },
    { at: 'mutualDefence', label: 'Mutual defence', hint: 'It obliges the parties to defend each other.', what: 'yes' },
    { at: 'foreignForces', label: 'Forces of others', hint: 'It allows forces or bases of others on the territory.', what: 'yes' },
    { at: 'summary', label: 'In short', hint: 'What is agreed. Everybody reads this.', what: 'long' },
    { at: 'text', label: 'Text of the agreement', what: 'choice', options: AGREEMENT_TEXT_LABEL },
    { at: 'textReason', label: 'Why the text is withheld', hint: 'Where it is. Everybody reads this.', what: 'text', optional: true },
    { at: 'purpose', label: 'Purpose', hint: 'Observers and participants read this.', what: 'long' },
  ],
}
