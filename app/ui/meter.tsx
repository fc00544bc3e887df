const percent = (part: number, whole: number) => `${Math.round(Math.min(1, Math.max(0, part / whole)) * 1000) / 10}%`

type Props = { label: string; value: number; ceiling?: number; projected?: number; text?: string; max?: number }

const words = ({ value, ceiling, projected }: Props) => {
  const above = ceiling === undefined ? 0 : Math.max(value, projected ?? 0) - ceiling
  return `${value}${projected === undefined ? '' : `, projected ${projected},`}${ceiling === undefined ? '' : ` of ${ceiling}`}`
    + (above > 0 ? `, above it by ${above}` : '')
}

// SVG attributes, since the content security policy allows no inline style. What lies above the ceiling is dotted, not only coloured.
export const Meter = (props: Props) => {
  const { label, value, ceiling, projected = value, text = words(props) } = props
  const most = Math.max(value, projected, ceiling ?? 0, props.max ?? 0) || 1
  const high = Math.max(value, projected)
  const over = ceiling !== undefined && high > ceiling
  return (
    <span role="meter" aria-label={label} aria-valuemin={0} aria-valuemax={most} aria-valuenow={value} aria-valuetext={text}
      className="block">
      <svg width="100%" height="12" aria-hidden="true" className="mt-0.5 block overflow-visible">
        <rect x="0" y="3" width="100%" height="6" rx="3" className="fill-rule" opacity=".6" />
        {projected > value && (
          <rect x="0" y="3" width={percent(projected, most)} height="6" rx="3" className="fill-accent" opacity=".4" />
        )}
        <rect x="0" y="3" width={percent(value, most)} height="6" rx="3" className="fill-accent" />
        {over && (
          <>
            <rect x={percent(ceiling, most)} y="3" width={percent(high - ceiling, most)} height="6" className="fill-crit" />
            <line x1={percent(ceiling, most)} x2={percent(high, most)} y1="6" y2="6" strokeDasharray="2 3" strokeWidth="2"
              className="stroke-sheet" />
          </>
        )}
        {ceiling !== undefined && (
          <rect x={percent(ceiling, most)} y="0" width="2" height="12" transform="translate(-2)" className="fill-ink" />
        )}
      </svg>
    </span>
  )
}
