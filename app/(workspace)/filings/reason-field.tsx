'use client'
import { TextareaField } from '../../ui/inputs.tsx'

type Props = { id: string; name: string; defaultValue: string; error?: string | undefined; hint?: string }

export const ReasonField = ({
  hint = 'It stands in the history of the entry, beside what changed. Every version stays readable.',
  ...bound
}: Props) => <TextareaField {...bound} label="Reason" hint={hint} rows={2} maxLength={1000} />
