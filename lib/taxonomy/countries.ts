// The package's own entry for Node loads its names in 78 languages.
import countries from 'i18n-iso-countries/index.js'
import english from 'i18n-iso-countries/langs/en.json' with { type: 'json' }
import { DESIGNATION, isParticipant } from '../participants/rules.ts'

countries.registerLocale(english)

/** Suppliers and recipients as people write them; where ISO's English name is not the one in use. */
const IN_USE: Record<string, string> = { EU: 'European Union', US: 'United States', GB: 'United Kingdom', RU: 'Russia', KR: 'South Korea', TR: 'Türkiye', CZ: 'Czechia', IR: 'Iran', SY: 'Syria' }

/** 'FR' -> 'France'; a participant by its designation; an unknown code as it stands. */
export const countryName = (code: string): string =>
  isParticipant(code) ? DESIGNATION[code] : (IN_USE[code] ?? countries.getName(code, 'en') ?? code)

export const isCountry = (code: string): boolean => isParticipant(code) || code in IN_USE || countries.isValid(code)

/** Every country, sorted by name, for a form's list. */
export const listCountries = (): { code: string; name: string }[] =>
  [...new Set([...Object.keys(countries.getAlpha2Codes()), 'XK', 'EU'])]
    .map((code) => ({ code, name: countryName(code) })).toSorted((a, b) => a.name.localeCompare(b.name, 'en'))
