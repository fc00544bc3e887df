export type SearchParams = Record<string, string | string[] | undefined>
type Given<Name extends string> = Partial<Record<Name, string>>

/** What an address states under a name; the last, where it states it twice. */
export const textOf = (value: string | string[] | undefined): string => (Array.isArray(value) ? value.at(-1) : value)?.replace(/\p{Cc}/gu, ' ').trim() ?? ''

export const pageOf = (value: string | string[] | undefined): number => (/^[1-9]\d{0,3}$/.test(textOf(value)) ? Number(textOf(value)) : 1)

const without = <Name extends string>(typed: Given<Name>, problems: Given<Name>): Given<Name> =>
  Object.fromEntries(Object.entries(typed).filter(([name]) => !problems[name as Name])) as Given<Name>

/** The filters in an address: as typed, what is wrong with them, and what remains to filter by. */
export const readTyped = <Name extends string>(names: readonly Name[], params: SearchParams, problemWith: (name: Name, typed: string) => string | null) => {
  const typed = Object.fromEntries(names.map((name) => [name, textOf(params[name])]).filter(([, value]) => value !== '')) as Given<Name>
  const problems: Given<Name> = {}
  for (const name of names) {
    const problem = typed[name] === undefined ? null : problemWith(name, typed[name])
    if (problem) problems[name] = problem
  }
  const read = (found: Given<Name>) => ({ typed, problems: found, given: without(typed, found) })
  return { ...read(problems), refusing: (name: Name, problem: string) => read({ ...problems, [name]: problem }) }
}

export const beforeFrom = (from: string): string => `This is before ${from}. State that day or a later one.`

export const wrongInWords = <Name extends string>(names: readonly Name[], labels: Record<Name, string>, typed: Given<Name>, problems: Given<Name>): string[] =>
  names.flatMap((name) => (problems[name] ? [`${labels[name]} “${typed[name]!.slice(0, 60)}”: ${problems[name]}`] : []))
