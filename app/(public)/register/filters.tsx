import { Disclosure } from '@/app/ui/disclosure.tsx'
import { FilterForm } from '@/app/ui/filter-form.tsx'
import { DateField, SelectField, TextField, type OptionGroup } from '@/app/ui/inputs.tsx'
import { TextLink } from '@/app/ui/text-link.tsx'
import { CATEGORIES } from '@/lib/taxonomy/rules.ts'
import { categoryLabel } from '@/app/payload-words.ts'
import { activeFilters, addressOf, OPTIONS, type FilterName, type readFilter } from './filter.ts'

type Filter = ReturnType<typeof readFilter>

const GROUPS = { un: 'UN Register', emerging: 'Emerging technologies', supplementary: 'Supplementary', outside: 'Other' }
const CATEGORY_OPTIONS: OptionGroup[] = Object.entries(GROUPS).map(([group, label]) => ({
  label,
  options: CATEGORIES.filter((category) => category.group === group).map(({ code }) => ({ value: code, label: categoryLabel(code) })),
}))
const optionsOf = (name: FilterName) => Object.entries(OPTIONS[name]!).map(([value, label]) => ({ value, label }))

const PERIOD = { pattern: String.raw`\d{4}(-\d{2}(-\d{2})?)?`, title: 'A day, a month or a year, for example 2026-11-17, 2026-11 or 2026' }

const MORE: readonly FilterName[] = ['kind', 'stage', 'from', 'to']

export const Filters = ({ filter: { typed, problems, sort } }: { filter: Filter }) => {
  const field = (name: FilterName) => ({ name, defaultValue: typed[name] ?? '', error: problems[name] })
  const more = (
    <Disclosure summary="More filters: kind, stage, dates" open={MORE.some((name) => typed[name] !== undefined)}>
      <div className="filters pt-1.5">
        <SelectField {...field('kind')} label="Kind" placeholder="Any" options={optionsOf('kind')} />
        <SelectField {...field('stage')} label="Stage" placeholder="Any" options={optionsOf('stage')} />
        <DateField {...field('from')} {...PERIOD} label="Filed from" />
        <DateField {...field('to')} {...PERIOD} label="Filed to" />
      </div>
    </Disclosure>
  )
  return (
    <FilterForm key={addressOf('', typed, { sort })} action="/register" label="Filter the register" more={more}
      keep={{ sort: sort === '-filedAt' ? undefined : sort, status: typed.status }}>
      <TextField {...field('q')} label="Search" type="search" placeholder="Type, supplier, number" className="wide" />
      <SelectField {...field('participant')} label="Participant" placeholder="All seven" options={optionsOf('participant')} />
      <SelectField {...field('category')} label="Category" placeholder="Any" options={CATEGORY_OPTIONS} />
      <SelectField {...field('verification')} label="Verification" placeholder="Any" options={optionsOf('verification')} />
    </FilterForm>
  )
}

export const ActiveFilters = ({ filter: { given, sort } }: { filter: Filter }) => {
  const active = activeFilters(given)
  if (active.length === 0) return null
  return (
    <div className="mb-3 flex flex-wrap items-center gap-x-3 gap-y-1.5 text-sm">
      <span className="text-ink-3">Only</span>
      <ul className="flex flex-wrap gap-1.5">
        {active.map(({ name, words, without }) => (
          <li key={name}>
            <TextLink href={addressOf('/register', without, { sort })}
              className="chip flex min-h-7 items-center gap-2 rounded-sm border border-rule bg-sheet px-2 no-underline hover:border-edge">
              <span className="text-ink">{words}</span><span className="underline underline-offset-3">remove</span>
            </TextLink>
          </li>
        ))}
      </ul>
      <TextLink href={addressOf('/register', {}, { sort })} className="flex min-h-7 items-center">Clear all</TextLink>
    </div>
  )
}
