/** Languages in which the register's sheets may be headed. */
export const LANGUAGES = [
  'English', 'Albanian', 'Bosnian', 'Croatian', 'Montenegrin', 'Serbian (Latin)', 'Serbian (Cyrillic)', 'Macedonian',
] as const
export type Language = (typeof LANGUAGES)[number]
/** By language; the first of each is the one that the guide shows. */
export type Words = Record<Language, readonly string[]>

/** How a word is looked up: letters and digits alone, without case, accents, spaces or marks. */
export const wordKey = (text: string): string => text.slice(0, 200).normalize('NFKD').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')
/** The same of a heading, which may name its unit in brackets: “In service (pieces)”. */
export const headingKey = (text: string): string => wordKey(text.slice(0, 200).replace(/\([^()]*\)[\s*:]*$/u, ''))

export const words = (
  English: readonly string[], Albanian: readonly string[], latin: readonly string[], Croatian: readonly string[], cyrillic: readonly string[],
  Macedonian: readonly string[],
): Words => ({
  English, Albanian, 'Bosnian': latin, Croatian, 'Montenegrin': latin, 'Serbian (Latin)': latin, 'Serbian (Cyrillic)': cyrillic, Macedonian,
})

export const FIELD_WORDS = {
  category: words(['Category'], ['Kategoria', 'Kategori'], ['Kategorija'], ['Kategorija'], ['Категорија'], ['Категорија']),
  type: words(
    ['Type', 'Model', 'Type or model'], ['Lloji', 'Tipi', 'Modeli', 'Lloji ose modeli'], ['Tip', 'Model', 'Tip ili model'],
    ['Tip', 'Model', 'Tip ili model'], ['Тип', 'Модел', 'Тип или модел'], ['Тип', 'Модел', 'Тип или модел'],
  ),
  inService: words(
    ['In service'], ['Në shërbim', 'Në përdorim'], ['U upotrebi', 'U službi', 'U operativnoj upotrebi'], ['U uporabi', 'U službi', 'U operativnoj uporabi'],
    ['У употреби', 'У служби', 'У оперативној употреби'], ['Во употреба', 'Во служба'],
  ),
  inStorage: words(
    ['In storage', 'In store', 'Stored'], ['Në magazinë', 'Në depo', 'Në ruajtje'], ['U skladištu', 'U magacinu', 'Uskladišteno'],
    ['U skladištu', 'Uskladišteno'], ['У складишту', 'У магацину', 'Ускладиштено'], ['Во складиште', 'Во магацин', 'Складирано'],
  ),
  unit: words(['Unit'], ['Njësia'], ['Jedinica'], ['Postrojba', 'Jedinica'], ['Јединица'], ['Единица']),
  site: words(
    ['Site', 'Location'], ['Vendndodhja', 'Vendi', 'Lokacioni'], ['Lokacija', 'Mjesto', 'Mesto'], ['Lokacija', 'Mjesto'], ['Локација', 'Место'], ['Локација', 'Место'],
  ),
  remark: words(
    ['Remark', 'Remarks', 'Note', 'Notes', 'Comment'], ['Shënim', 'Shënime', 'Vërejtje'], ['Napomena', 'Napomene', 'Primjedba', 'Primedba'],
    ['Napomena', 'Napomene', 'Primjedba'], ['Напомена', 'Напомене', 'Примедба'], ['Забелешка', 'Забелешки', 'Напомена'],
  ),
  state: words(['State', 'Status', 'Nil'], ['Gjendja', 'Statusi'], ['Stanje', 'Status'], ['Stanje', 'Status'], ['Стање', 'Статус'], ['Состојба', 'Статус']),
} satisfies Record<string, Words>

/** Above the header: of which day (a “date” alone may be that of the letter), and a remark on the declaration as a whole. */
export const LABEL_WORDS = {
  asOf: words(
    ['As of', 'As of date'], ['Më datë', 'Gjendja më'], ['Na dan', 'Stanje na dan'], ['Na dan', 'Stanje na dan'],
    ['На дан', 'Стање на дан'], ['На ден', 'Состојба на ден'],
  ),
  remark: FIELD_WORDS.remark,
} satisfies Record<string, Words>

export const NIL_WORDS = words(['nil', 'zero'], ['asgjë', 'nuk ka', 'zero'], ['ništa', 'nema', 'nula'], ['ništa', 'nema', 'nula'], ['ништа', 'нема', 'нула'], ['ништо', 'нема', 'нула'])
export const WITHHELD_WORDS = words(['withheld'], ['nuk jepet'], ['uskraćeno'], ['uskraćeno', 'zadržano'], ['ускраћено'], ['не се наведува', 'задржано'])

const keysOf = (of: Words): Set<string> => new Set(Object.values(of).flat().map(wordKey))
const NIL = keysOf(NIL_WORDS)
const WITHHELD = keysOf(WITHHELD_WORDS)

/** “nil” alone: “nil?” or “nil (but for 3)” say something else. */
export const isNilWord = (text: string): boolean => /^[\p{L}\p{M}\s]+\.?$/u.test(text) && NIL.has(wordKey(text))

/** The reason of “withheld: reason”, '' where none is given, null where the text does not say withheld. */
export const withheldReason = (text: string): string | null => {
  const at = text.search(/[:：]|\s[-–—]\s/u)
  if (at === -1) return WITHHELD.has(wordKey(text)) ? '' : null
  return WITHHELD.has(wordKey(text.slice(0, at))) ? text.slice(at).replace(/^\s?[:：–—-]/u, '').trim() : null
}

const lookupOf = <Name extends string>(table: Record<Name, Words>): Map<string, Name> =>
  new Map(Object.entries<Words>(table).flatMap(([name, of]) => [...keysOf(of)].map((key): [string, Name] => [key, name as Name])))

export type Field = keyof typeof FIELD_WORDS
export type Label = keyof typeof LABEL_WORDS
const FIELDS = lookupOf(FIELD_WORDS)
const LABELS = lookupOf(LABEL_WORDS)
export const fieldOf = (text: string): Field | undefined => FIELDS.get(headingKey(text))
export const labelOf = (text: string): Label | undefined => LABELS.get(headingKey(text))
