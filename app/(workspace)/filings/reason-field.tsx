'use client'
import { TextareaField } from '../../ui/inputs.tsx'

type Props = { id: string; name: string; defaultValue: string; error?: string | undefined }

// Reasons are for everyone (row-level security lets the public read them), so whoever writes one is told.
export const ReasonField = (bound: Props) => (
  <TextareaField
    {...bound}
    label="Reason"
    hint="The public reads it, in the history of the entry. Every version stays readable."
    rows={2}
    maxLength={1000}
  />
)
