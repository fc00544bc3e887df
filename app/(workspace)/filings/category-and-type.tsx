'use client'
import { useEffect, useRef, useState } from 'react'
import type { ParticipantCode } from '@/lib/participants/rules.ts'
import { plural } from '@/lib/shared/format.ts'
import { CATEGORIES, categoryOf, isCategory, typeKey, type CategoryGroup } from '@/lib/taxonomy/rules.ts'
import { FieldRow } from '../../ui/field.tsx'
import { ComboField, SelectField } from '../../ui/inputs.tsx'
import { aboutType } from './actions.ts'
import { useSettled } from './use-settled.ts'

type Known = Extract<Awaited<ReturnType<typeof aboutType>>, { ok: true }>['value']
export type OwnEntry = Known['own'][number]

const GROUP: Record<CategoryGroup, string> = {
  un: 'UN Register',
  emerging: 'Emerging technologies',
  supplementary: 'Supplementary',
  outside: 'Outside the categories',
}
const label = (code: string, title: string) => (code === 'none' ? title : `${code} · ${title}`)
const CATEGORY_OPTIONS = (Object.keys(GROUP) as CategoryGroup[]).map((group) => ({
  label: GROUP[group],
  options: CATEGORIES.filter((category) => category.group === group).map(({ code, title }) => ({ value: code, label: label(code, title) })),
}))

const hintOf = (known: Known | null, category: string, type: string): string => {
  if (type.trim() === '') return 'As the maker names it, such as Rafale F3-R.'
  if (!known) return 'Looking it up in the register …'
  const same = known.alike.filter((found) => typeKey(found.type) === typeKey(type))
  const here = same.find((found) => found.category === category)
  if (here)
    return `Known to the register: ${plural(here.participants.length, 'participant has', 'participants have')} declared or notified it.`
  const [elsewhere] = same
  if (elsewhere) return `The register knows it in ${label(elsewhere.category, categoryOf(elsewhere.category).title)}.`
  return 'New to the register: nobody has declared or notified it yet.'
}

/** 'Rafale' and 'Rafale F3-R' may be one and the same; 'M-84' and 'M-8' as well, which a person tells apart at a glance. */
const isLike = (one: string, other: string): boolean => {
  const [a, b] = [typeKey(one), typeKey(other)]
  return a.length > 1 && b.length > 1 && (a.startsWith(b) || b.startsWith(a))
}

type Bound = { id: string; name: string; defaultValue: string; error?: string | undefined }
type Props = {
  participant: ParticipantCode
  category: string
  type: string
  boundCategory: Bound
  boundType: Bound
  fixedCategory?: boolean
  onOwn?: (entries: readonly OwnEntry[]) => void
}

// The definition as the hint of its category; types known to the register while typing, and how well known the one typed is.
export const CategoryAndType = ({ participant, category, type, boundCategory, boundType, fixedCategory, onOwn }: Props) => {
  const [known, setKnown] = useState<Known | null>(null)
  const tell = useRef(onOwn)
  useEffect(() => {
    tell.current = onOwn
  })
  const asked = isCategory(category) ? category : undefined
  useSettled(
    `${category}\n${type.trim()}`,
    300,
    async () => {
      const outcome = await aboutType(participant, asked, type.trim()).catch(() => null)
      if (!outcome?.ok) return
      setKnown(outcome.value)
      tell.current?.(
        outcome.value.own.filter((entry) => entry.type !== null && (!asked || entry.category === asked) && isLike(entry.type, type)),
      )
    },
    true,
    true,
  )
  return (
    <FieldRow>
      <SelectField
        {...boundCategory}
        label="Category"
        placeholder="Choose a category"
        options={CATEGORY_OPTIONS}
        hint={
          fixedCategory
            ? 'The category of the entry; amend the entry if it was wrong.'
            : asked
              ? categoryOf(asked).definition
              : 'As in the UN Register. The definition appears here.'
        }
      />
      <ComboField
        {...boundType}
        label="Type"
        hint={hintOf(known, category, type)}
        maxLength={80}
        spellCheck={false}
        options={(known?.inCategory ?? []).map((found) => ({
          value: found.type,
          label: asked ? undefined : label(found.category, categoryOf(found.category).title),
        }))}
      />
    </FieldRow>
  )
}
