'use server'
import type { Area } from '@/lib/geo/area.ts'
import { measureArea, searchPlaces } from '@/lib/geo/queries.ts'
import { outcomeOf } from '../outcome.ts'

export const distancesFrom = async (area: Area) => outcomeOf((caller) => measureArea(caller, { area }))
export const placesNamed = async (q: string) => outcomeOf((caller) => searchPlaces(caller, { q: q.slice(0, 80) }))
