import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { DESCRIBED } from '../../lib/api/description.ts'
import { FILING_EXAMPLES, PROBLEM_EXAMPLE } from '../../lib/api/examples.ts'
import { ProblemDocument } from '../../lib/api/answers.ts'
import { openApi } from '../../lib/api/openapi.ts'
import { POLICY } from '../../lib/auth/policy.ts'
import { SubmitFiling } from '../../lib/filings/input.ts'
import { kindOf } from '../../lib/filings/kinds/registry.ts'
import { routeFiles, routeModule } from './support.ts'

type Schema = Record<string, unknown>
type Operation = {
  operationId: string; 'x-roles': string[]; requestBody?: { content: Record<string, { schema: Schema; examples?: Record<string, { value: unknown }> }> }
  responses: Record<string, unknown>; parameters: { name: string; schema: Schema }[]
}
const document = JSON.parse(JSON.stringify(openApi())) as {
  openapi: string; paths: Record<string, Record<string, Operation>>; components: { schemas: Record<string, Schema> }
}
const operations = Object.entries(document.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ name: `${method.toUpperCase()} ${path}`, operation })))

/** A schema of the document that stands on its own, for a validator. */
const standing = (schema: Schema): z.ZodType =>
  z.fromJSONSchema(JSON.parse(JSON.stringify({ ...schema, $defs: document.components.schemas }).replaceAll('#/components/schemas/', '#/$defs/')) as never)

describe('the description', () => {
  test('has every method of every route, with the operation that the route runs; and nothing that there is not', async () => {
    const served: Record<string, string[]> = {}
    for (const [address, file] of routeFiles()) {
      if (address === '/api/v1/openapi.json') continue
      const path = address.replace('/api/v1', '')
      const methods = await routeModule(file)
      for (const [method, handler] of Object.entries(methods)) {
        if (!handler.endpoint) continue
        served[path] = [...(served[path] ?? []), method]
        const entry = DESCRIBED[path]?.[method as 'GET' | 'POST']
        expect({ path, method, operation: entry?.operation.operationName, status: entry?.status ?? 200 })
          .toEqual({ path, method, operation: handler.endpoint.operation.operationName, status: handler.endpoint.status })
        expect(Boolean(entry?.hasPreview)).toBe(handler.endpoint.dryRun !== undefined)
        expect(Object.keys(entry?.formats ?? {})).toEqual(Object.keys(handler.endpoint.formats ?? {}))
      }
    }
    expect(Object.fromEntries(Object.entries(DESCRIBED).map(([path, methods]) => [path, Object.keys(methods).toSorted()])))
      .toEqual(Object.fromEntries(Object.entries(served).map(([path, methods]) => [path, methods.toSorted()])))
  })

  test('is OpenAPI 3.1, every reference in it leads somewhere, every operation has a name of its own', () => {
    expect(document.openapi).toBe('3.1.0')
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, reference]) => reference!)
    expect(references.length).toBeGreaterThan(50)
    for (const reference of new Set(references)) {
      const found = reference.slice(2).split('/').reduce<unknown>((at, step) => (at as Record<string, unknown> | undefined)?.[step], document)
      expect({ reference, found: typeof found }).toEqual({ reference, found: 'object' })
    }
    expect(new Set(operations.map(({ operation }) => operation.operationId)).size).toBe(operations.length)
  })

  test.each(operations)('$name names its roles and its refusals', ({ operation }) => {
    const described = Object.values(DESCRIBED).flatMap((methods) => Object.values(methods)).find((entry) => entry.operation.operationName === operation.operationId)!
    expect(operation['x-roles']).toEqual(POLICY[described.operation.permission])
    expect(Object.keys(operation.responses)).toEqual(expect.arrayContaining(['401', '403', '404', '422', '429']))
  })

  test('every parameter says what it takes', () => {
    for (const { operation } of operations) for (const { name, schema } of operation.parameters) expect({ name, keys: Object.keys(schema).length }).not.toMatchObject({ keys: 0 })
  })

  test('every example of a body passes its schema', () => {
    const bodies = operations.flatMap(({ name, operation }) => Object.values(operation.requestBody?.content ?? {})
      .flatMap(({ schema, examples = {} }) => Object.values(examples).map(({ value }) => ({ name, schema, value }))))
    expect(bodies.length).toBeGreaterThan(6)
    for (const { name, schema, value } of bodies) expect({ name, ...standing(schema).safeParse(value) }).toMatchObject({ name, success: true })
  })

  test('the schema refuses what the platform refuses', () => {
    const { schema } = document.paths['/filings']!.post!.requestBody!.content['application/json']!
    const { value } = FILING_EXAMPLES.disposal!
    expect(standing(schema).safeParse({ ...value, verified: true }).success).toBe(false)
    expect(standing(schema).safeParse({ ...value, payload: { ...(value.payload as object), quantity: -1 } }).success).toBe(false)
  })

  test.each(Object.entries(FILING_EXAMPLES))('the example of a filing, %s, is one', (_name, { value }) => {
    const { kind, payload } = SubmitFiling.parse(value)
    expect(kindOf(kind).schema.safeParse(payload)).toMatchObject({ success: true })
  })

  test('the example of a refusal is one, and no history can be stated', () => {
    expect(ProblemDocument.safeParse(PROBLEM_EXAMPLE).success).toBe(true)
    expect(JSON.stringify(document.components.schemas.AcquisitionPayload)).not.toContain('"compiled"')
  })
})
