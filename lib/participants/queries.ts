import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { query, type Context } from '../auth/guard.ts'
import { adjacency, ceilings, obligationRules, participants, rules, watches } from '../db/schema.ts'
import type { ObligationRule } from '../schedule/rulebook.ts'
import type { Rule } from '../thresholds/situation.ts'
import { byDesignation, PARTICIPANTS, type ParticipantCode } from './rules.ts'

type Reference = {
  revision: number
  participants: (typeof participants.$inferSelect)[]
  neighbours: Map<ParticipantCode, ParticipantCode[]>
  watchers: Map<ParticipantCode, ParticipantCode[]>
  ceilings: (typeof ceilings.$inferSelect)[]
  rules: Rule[]
  obligations: ObligationRule[]
}

const held = new Map<'participant' | 'public', Reference>()

const load = async (ctx: Context): Promise<Reference> => {
  const { db } = ctx
  const [people, borders, watching, limits, thresholds, obligations] = await Promise.all([
    db.select().from(participants), db.select().from(adjacency), db.select().from(watches), db.select().from(ceilings),
    db.select().from(rules).orderBy(sql`id, version`), db.select().from(obligationRules).orderBy(sql`id, version`),
  ])
  const neighbours = new Map<ParticipantCode, ParticipantCode[]>()
  const watchers = new Map<ParticipantCode, ParticipantCode[]>()
  const add = (map: Map<ParticipantCode, ParticipantCode[]>, key: ParticipantCode, value: ParticipantCode) => {
    const list = map.get(key) ?? []
    if (!list.includes(value)) map.set(key, [...list, value])
  }
  for (const { a, b } of borders) {
    add(neighbours, a, b)
    add(neighbours, b, a)
  }
  for (const { participant, watched } of watching) add(watchers, watched, participant)
  return {
    revision: ctx.revision, participants: people, neighbours, watchers, ceilings: limits, obligations,
    rules: thresholds.map(({ allFor, ...rule }) => ({ ...rule, ...(allFor ? { allFor } : {}) })),
  }
}

/**
 * Participants, adjacency, ceilings and rules, kept in the process. The database raises `revision` with every change to
 * them and each transaction reads it, so a copy is never used after it is stale. Watching is hidden from the public by
 * row-level security: their copy is another one.
 */
export const reference = async (ctx: Context): Promise<Reference> => {
  const key = ctx.viewer.role === 'public' || ctx.viewer.role === 'observer' ? 'public' : 'participant'
  const known = held.get(key)
  if (known?.revision === ctx.revision) return known
  const fresh = await load(ctx)
  held.set(key, fresh)
  return fresh
}

/** The seven with what concerns everyone: adjacency and whether they are party to the Florence Agreement. */
export const listParticipants = query({
  name: 'participant.list',
  permission: 'reference.read',
  input: z.strictObject({}),
  run: async (ctx) => {
    const { participants: people, neighbours } = await reference(ctx)
    return PARTICIPANTS.map((code) => {
      const found = people.find((person) => person.code === code)!
      return {
        code, designation: found.designation, capital: found.capital, florenceParty: found.florenceParty,
        neighbours: (neighbours.get(code) ?? []).toSorted(byDesignation),
      }
    })
  },
})

/** Whom the viewer's participant watches beyond its neighbours, and who watches it. */
export const listWatches = query({
  name: 'watch.list', permission: 'workspace.read', input: z.strictObject({}),
  run: async (ctx) => {
    const own = ctx.viewer.participant
    if (!own) return { watching: [], watchedBy: [] }
    const { watchers } = await reference(ctx)
    return {
      watching: PARTICIPANTS.filter((other) => watchers.get(other)?.includes(own)),
      watchedBy: (watchers.get(own) ?? []).toSorted(byDesignation),
    }
  },
})

/** Whether a second person releases what a first one drafts, participant by participant. */
export const listFourEyes = query({
  name: 'participant.list_four_eyes', permission: 'participant.administer', input: z.strictObject({}),
  run: async (ctx) => {
    const { participants: people } = await reference(ctx)
    return PARTICIPANTS.map((code) => {
      const { designation, fourEyes } = people.find((person) => person.code === code)!
      return { code, designation, fourEyes }
    })
  },
})
