// Cuts lib/geo/boundaries.json out of Natural Earth: node scripts/boundaries.mjs.
// What is kept, and by what licence, is in data/README.md.
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { mergeArcs } from 'topojson-client'

const require = createRequire(import.meta.url)
const GEO = path.join(import.meta.dirname, '../lib/geo')
const world = JSON.parse(readFileSync(require.resolve('world-atlas/countries-10m.json'), 'utf8'))
const { scale, translate } = world.transform

const SEVEN = { AL: 'Albania', BA: 'Bosnia and Herz.', HR: 'Croatia', XK: 'Kosovo', ME: 'Montenegro', MK: 'Macedonia', RS: 'Serbia' }
/** West, south, east, north of what a map of the region can show. */
const FRAME = [8.5, 35.5, 28.5, 51]

const decode = arc => {
  let [x, y] = [0, 0]
  return arc.map(([dx, dy]) => [(x += dx), (y += dy)])
}
const arcs = world.arcs.map(decode)
const degrees = ([x, y]) => [x * scale[0] + translate[0], y * scale[1] + translate[1]]
const isSeen = ([lon, lat]) => lon > FRAME[0] && lon < FRAME[2] && lat > FRAME[1] && lat < FRAME[3]

const polygonsOf = ({ type, arcs: refs }) => (type === 'Polygon' ? [refs] : refs)
const pointsOf = ring => ring.flatMap(ref => arcs[ref < 0 ? ~ref : ref])
const inSight = land => polygonsOf(land).filter(([outer]) => pointsOf(outer).some(point => isSeen(degrees(point))))
const lands = world.objects.countries.geometries.map(land => ({ name: land.properties.name, polygons: inSight(land) })).filter(({ polygons }) => polygons.length > 0)

const ringsOf = chosen => {
  const merged = mergeArcs(world, chosen.map(({ polygons }) => ({ type: 'MultiPolygon', arcs: polygons })))
  return merged.arcs.flat()
}
const territories = Object.fromEntries(Object.entries(SEVEN).map(([code, name]) => {
  const land = lands.find(one => one.name === name)
  if (land.polygons.some(rings => rings.length > 1)) throw new Error(`${code} has a hole: distances know outer rings only.`)
  return [code, land.polygons.map(([outer]) => outer)]
}))
const own = new Set(Object.values(territories).flat(2).map(ref => (ref < 0 ? ~ref : ref)))
const seven = ringsOf(lands.filter(({ name }) => Object.values(SEVEN).includes(name)))
const land = ringsOf(lands)
const uses = new Map()
for (const { polygons } of lands) for (const ref of polygons.flat(2)) uses.set(ref < 0 ? ~ref : ref, (uses.get(ref < 0 ? ~ref : ref) ?? 0) + 1)
const shared = [...uses].filter(([, count]) => count > 1).map(([arc]) => arc)

/** Douglas and Peucker, in degrees: only what distances are never measured to. */
const thinned = (points, tolerance) => {
  const keep = new Set([0, points.length - 1])
  const split = (from, to) => {
    const [[ax, ay], [bx, by]] = [degrees(points[from]), degrees(points[to])]
    const length = Math.hypot(bx - ax, by - ay)
    let [far, most] = [0, tolerance]
    for (let index = from + 1; index < to; index += 1) {
      const [x, y] = degrees(points[index])
      const off = length === 0 ? Math.hypot(x - ax, y - ay) : Math.abs((bx - ax) * (y - ay) - (by - ay) * (x - ax)) / length
      if (off > most) [far, most] = [index, off]
    }
    if (far === 0) return
    keep.add(far)
    split(from, far)
    split(far, to)
  }
  split(0, points.length - 1)
  return points.filter((_, index) => keep.has(index))
}
const kept = index => {
  if (own.has(index)) return arcs[index]
  return thinned(arcs[index], arcs[index].some(point => isSeen(degrees(point))) ? 0.004 : 0.5)
}

const used = [...new Set([...Object.values(territories).flat(2), ...seven.flat(), ...land.flat(), ...shared].map(ref => (ref < 0 ? ~ref : ref)))]
const place = new Map(used.map((arc, index) => [arc, index]))
const renumbered = ref => (ref < 0 ? ~place.get(~ref) : place.get(ref))
const steps = points => points.flatMap(([x, y], index) => (index === 0 ? [x, y] : [x - points[index - 1][0], y - points[index - 1][1]]))
const all = rings => rings.map(ring => ring.map(renumbered))

writeFileSync(path.join(GEO, 'boundaries.json'), `${JSON.stringify({
  origin: translate,
  step: scale,
  territories: Object.fromEntries(Object.entries(territories).map(([code, rings]) => [code, all(rings)])),
  seven: all(seven),
  land: all(land),
  shared: shared.map(renumbered).toSorted((a, b) => a - b),
  arcs: used.map(index => steps(kept(index))),
})}\n`)
