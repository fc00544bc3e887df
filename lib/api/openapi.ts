import { z } from 'zod'
import { POLICY } from '../auth/policy.ts'
import { sessionCookie } from '../auth/session.ts'
import { DECLARED_KINDS } from '../filings/kinds/declared-fields.ts'
import { FOOTNOTE } from '../participants/rules.ts'
import { env } from '../shared/env.ts'
import * as answers from './answers.ts'
import * as ofClarification from './answers-clarification.ts'
import { DESCRIBED, PAYLOADS, type Described } from './description.ts'
import { answering, queryOf, respond } from './edge.ts'
import { PROBLEM_EXAMPLE } from './examples.ts'

type Schema = { [key: string]: unknown; properties?: Record<string, Schema>; required?: string[] }

const PARAMETER: Record<string, string> = {
  id: 'The id of a filing, of an alert, of a request, of a note of observers, or of a witness', filing: 'About any version of this filing', state: 'As it stands; `open`: not closed',
  participant: 'By the code of a participant', kind: 'By kind', category: 'By category', stage: 'By stage, of acquisitions',
  status: 'By status', verification: 'By the state of verification', from: 'Filed on this day or later', to: 'Filed on this day or earlier',
  q: 'Words that begin words of the entry', sort: 'Order; a minus for descending', cursor: 'The `next` of the page before',
  limit: 'Entries on a page', page: 'A page by its number, in place of a cursor', year: 'Of declarations as of a day in this year',
  asOf: 'The day of the declaration, YYYY-MM-DD', format: 'xlsx or csv',
  as: 'As whom the participant stands to them: `host` or `invited`', open: 'Those that nobody has answered and that still may be, or the others',
  acknowledged: 'Those acknowledged, or those not', since: '`inbox`: the last 90 days; `all`: history too', severity: 'By severity',
}
/** Text before it is read as a day, which a schema of what comes out does not show. */
const DAY: Schema = { type: 'string', format: 'date' }

const namedAnswers = Object.entries({ ...answers, ...ofClarification } as Record<string, unknown>)
  .filter((entry): entry is [string, z.ZodType] => entry[1] instanceof z.ZodType)
const ref = (name: string): string => `#/components/schemas/${name}`

/** All schemas in one registry, so that a named one is stated once and referred to. */
const schemasOf = (unnamed: Map<string, z.ZodType>): Record<string, Schema> => {
  const registry = z.registry<{ id: string }>()
  const named: [string, z.ZodType][] = [...namedAnswers, ...Object.entries(PAYLOADS)]
  for (const [id, schema] of [...named, ...unnamed]) if (!registry.has(schema)) registry.add(schema, { id })
  const { schemas } = z.toJSONSchema(registry, { uri: ref, io: 'input', unrepresentable: 'any' })
  return Object.fromEntries(Object.entries(schemas as Record<string, Schema>)
    .map(([id, { $schema: _schema, $id: _id, ...schema }]) => [id, schema]))
}

const without = (schema: Schema, fields: readonly string[]): Schema => ({
  ...schema,
  properties: Object.fromEntries(Object.entries(schema.properties ?? {}).filter(([name]) => !fields.includes(name))),
  ...(schema.required ? { required: schema.required.filter((name) => !fields.includes(name)) } : {}),
})

const IN_PATH: Record<string, Schema> = { kind: { type: 'string', enum: DECLARED_KINDS } }
const pathParameters = (path: string): string[] => [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!)

const parameter = (name: string, where: 'path' | 'query', schema: Schema) =>
  ({ name, in: where, required: where === 'path', description: PARAMETER[name] ?? name, schema })

const queryParameters = ({ operation }: Described, inPath: readonly string[]) => {
  const { properties = {} } = z.toJSONSchema(operation.input as z.ZodType, { io: 'output', unrepresentable: 'any' }) as Schema
  return Object.entries(properties).filter(([name]) => !inPath.includes(name))
    .map(([name, schema]) => parameter(name, 'query', Object.keys(schema).length > 0 ? schema : DAY))
}

const IDEMPOTENCY = {
  name: 'Idempotency-Key', in: 'header', required: false, schema: { type: 'string', minLength: 1, maxLength: 255, pattern: '^[!-~]+$' },
  description: 'Yours, such as a UUID. A repeated request under the same key gives the first answer again, and has no second effect.',
}
const DRY_RUN = {
  name: 'dryRun', in: 'query', required: false, schema: { type: 'boolean', default: false },
  description: 'Previews problems and alerts; stores nothing.',
}

const formatParameter = (formats: Record<string, string>) => ({
  name: 'format', in: 'query', required: false, schema: { type: 'string', enum: ['json', ...Object.keys(formats)], default: 'json' },
  description: 'As a file: the others than `json` are downloads.',
})
/** Beside JSON, what other forms of the answer there are. */
const files = (formats: Record<string, string> = {}) => Object.fromEntries(Object.values(formats)
  .filter((type) => type !== 'application/json').map((type) => [type, { schema: { type: 'string' } }]))

const binary = (types: readonly string[]) => Object.fromEntries(types.map((type) => [type, { schema: { type: 'string', format: 'binary' } }]))
const UPLOAD = [
  { name: 'name', in: 'query', required: false, schema: { type: 'string' }, description: 'What the file is called, where Content-Disposition does not say it' },
  { name: 'marked', in: 'query', required: false, schema: { type: 'boolean', default: false }, description: 'Answers the file itself, with what is wrong marked in it.' },
]
const uploadParameters = (entry: Described, inPath: readonly string[]) => [...queryParameters(entry, ['file', ...inPath]), ...UPLOAD]

const json = (schema: Schema, examples?: Described['examples']) => ({ 'application/json': { schema, ...(examples ? { examples } : {}) } })
const refused = (statuses: readonly number[]) => Object.fromEntries(statuses.map((status) => [status, { $ref: '#/components/responses/Problem' }]))

const described = (path: string, method: 'GET' | 'POST', entry: Described, schemas: Record<string, Schema>) => {
  const { operation, summary, status = 200, examples, hasPreview, formats, files: given, takes } = entry
  const inPath = pathParameters(path)
  const roles = POLICY[operation.permission]
  const writes = method === 'POST'
  const preview = hasPreview ? { 200: { description: 'What it would cause (dryRun=true)', content: json({ $ref: ref('PreviewAnswer') }) } } : {}
  return {
    operationId: operation.operationName,
    summary,
    'x-permission': operation.permission,
    'x-roles': roles,
    security: [...((roles as readonly string[]).includes('public') ? [{}] : []), { key: [] }, { session: [] }],
    parameters: [
      ...inPath.map((name) => parameter(name, 'path', IN_PATH[name] ?? { type: 'string', format: 'uuid' })),
      ...(takes ? uploadParameters(entry, inPath) : writes ? [IDEMPOTENCY, ...(hasPreview ? [DRY_RUN] : [])] : queryParameters(entry, inPath)),
      ...(formats ? [formatParameter(formats)] : []),
    ],
    ...(takes ? { requestBody: { required: true, content: binary(takes) } } : writes ? { requestBody: { required: Boolean(examples), content: json(without(schemas[`${path} body`]!, inPath), examples) } } : {}),
    responses: {
      ...preview,
      [status]: { description: status === 201 ? 'Made, with its Location' : 'Answered', content: given ? binary(given) : { ...json(schemas[`${path} ${method}`]!), ...files(formats), ...binary(takes ?? []) } },
      ...refused(writes ? [400, 401, 403, 404, 409, 413, 415, 422, 429] : [401, 403, 404, ...(formats ? [409] : []), 422, 429]),
    },
  }
}

const unnamedSchemas = (): Map<string, z.ZodType> => {
  const found = new Map<string, z.ZodType>()
  for (const [path, methods] of Object.entries(DESCRIBED)) {
    for (const [method, { answer }] of Object.entries(methods)) found.set(`${path} ${method}`, z.union([answer]))
    if (methods.POST) found.set(`${path} body`, methods.POST.body ?? (methods.POST.operation.input as z.ZodType))
  }
  return found
}

/** A union of one was only a wrapper, so that an answer with a name is referred to by it. */
const unwrapped = (schema: Schema): Schema => {
  const options = schema.anyOf as Schema[] | undefined
  return options?.length === 1 ? options[0]! : schema
}

const INFO = {
  title: 'Balkan Arms Transparency Platform',
  version: '1',
  description: `File, preview, amend and verify; read the register, its alerts and its rules. ${FOOTNOTE}`,
}

/** OpenAPI 3.1, from the inputs that the operations parse, the policy that guards them and the answers that tests hold them to. */
export const openApi = () => {
  const unnamed = unnamedSchemas()
  const schemas = Object.fromEntries(Object.entries(schemasOf(unnamed)).map(([id, schema]) => [id, unwrapped(schema)]))
  const components = Object.fromEntries(Object.entries(schemas).filter(([id]) => !unnamed.has(id))
    .map(([id, schema]) => [id, id in PAYLOADS ? without(schema, ['compiled']) : schema]))
  const paths = Object.fromEntries(Object.entries(DESCRIBED).map(([path, methods]) => [path, Object.fromEntries(
    Object.entries(methods).map(([method, entry]) => [method.toLowerCase(), described(path, method as 'GET' | 'POST', entry, schemas)]))]))
  return {
    openapi: '3.1.0',
    info: INFO,
    servers: [{ url: `${env().baseUrl}/api/v1` }],
    paths,
    components: {
      schemas: components,
      responses: {
        Problem: {
          description: 'Refused (RFC 9457). `errors` point into the body (RFC 6901).',
          content: { 'application/problem+json': { schema: { $ref: ref('ProblemDocument') }, examples: { invalid: { value: PROBLEM_EXAMPLE } } } },
        },
      },
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer', description: 'An API key, from the secretariat' },
        session: {
          type: 'apiKey', in: 'cookie', name: sessionCookie(),
          description: 'The session of the same browser; writes come from the platform’s own pages only',
        },
      },
    },
  }
}

let written: string | null = null
/** The same for everyone, and for as long as the process runs: written once. */
export const describeApi = (request: Request): Promise<Response> => answering(request, 'openapi.read', 'read', () => {
  queryOf(new URL(request.url), [])
  return Promise.resolve(respond(200, (written ??= JSON.stringify(openApi()))))
})
