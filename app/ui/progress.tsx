type Props = { label: string; value: number; max: number; text?: string }

export const Progress = ({ label, value, max, text = `${value} of ${max}` }: Props) => (
  <div className="text-sm text-ink-2">
    <p className="flex justify-between gap-4"><span>{label}</span><span className="tabular-nums">{text}</span></p>
    <progress aria-label={label} value={value} max={max} className="mt-1 block w-full" />
  </div>
)
