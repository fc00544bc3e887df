'use server'
import type { z } from 'zod'
import type { PreviewFiling } from '@/lib/filings/input.ts'
import { previewFiling } from '@/lib/filings/queries.ts'
import { outcomeOf } from '../outcome.ts'
import { readText } from './form-values.ts'

const lineOf = (pointer: string): number => Number(/^\/payload\/lines\/(\d+)/.exec(pointer)?.[1] ?? -1)

/**
 * What a declaration would cause. Lines that are still wrong are left out of a second look, so that the preview does not wait for the
 * last cell; a third, because types are held against the register only once every line can be read.
 */
export const previewDeclaration = async (json: string) =>
  outcomeOf(async (caller) => {
    const proposal = readText(json) as unknown as z.input<typeof PreviewFiling>
    const asTyped = await previewFiling(caller, proposal)
    let seen = asTyped
    let lines = Array.isArray(proposal.payload.lines) ? proposal.payload.lines.map((line, index) => ({ line, index })) : []
    const problems = [...asTyped.problems]
    for (let round = 0; round < 2 && seen.problems.length > 0; round += 1) {
      const wrong = new Set(seen.problems.map(({ pointer }) => lineOf(pointer)))
      if (wrong.has(-1)) break
      lines = lines.filter((_, index) => !wrong.has(index))
      seen = await previewFiling(caller, { ...proposal, payload: { ...proposal.payload, lines: lines.map(({ line }) => line) } })
      problems.push(...seen.problems.filter(({ pointer }) => lines[lineOf(pointer)] !== undefined)
        .map(({ pointer, message }) => ({ pointer: pointer.replace(/\d+/, String(lines[lineOf(pointer)]!.index)), message })))
    }
    return { ...seen, problems }
  })
