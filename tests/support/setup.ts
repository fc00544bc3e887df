import { afterEach } from 'vitest'

// A test that expects an error on the console says so by putting its own mock over this one.
const shown = console.error
let unexpected: string[] = []
console.error = (...args: unknown[]) => {
  unexpected.push(args.map(String).join(' '))
  shown(...args)
}

afterEach(() => {
  const found = unexpected
  unexpected = []
  if (found.length > 0) throw new Error(`Unexpected console.error:\n${found.join('\n')}`)
})
