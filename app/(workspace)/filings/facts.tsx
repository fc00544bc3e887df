import { FIELD_LABEL, FIELDS, fieldWords } from '../../payload-words.ts'
import { KeyValues } from '../../ui/key-values.tsx'

// A payload as its reader sees it, field by field; lines of a declaration have a table of their own.
export const Facts = ({ payload, stacked }: { payload: Record<string, unknown>; stacked?: boolean }) => (
  <KeyValues
    stacked={stacked}
    items={FIELDS.filter((field) => field !== 'lines' && payload[field] !== undefined).map((field) => ({
      label: FIELD_LABEL[field],
      value: fieldWords(field, payload[field]) ?? 'none',
    }))}
  />
)
