/** Under every list that shows entries of history. */
export const CompiledNote = () => (
  <p className="mt-4 max-w-text text-sm text-ink-3">
    Entries marked “compiled” come from open sources for demonstration and are not official filings; each names its source. Source: SIPRI,
    press, thesis.
  </p>
)
