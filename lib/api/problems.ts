import { AppError, ERROR_STATUS, type ErrorCode, type FieldProblem } from '../shared/errors.ts'

/** Refusals of the transport, beside those of the operations. `syntax` is a body that is no JSON that can be trusted. */
const TRANSPORT = { syntax: 400, method_not_allowed: 405, too_large: 413, unsupported_media_type: 415, internal: 500, unavailable: 503 } as const
export type ProblemCode = ErrorCode | keyof typeof TRANSPORT

export const PROBLEM_STATUS: Record<ProblemCode, number> = { ...ERROR_STATUS, ...TRANSPORT }
export const PROBLEM_TITLE: Record<ProblemCode, string> = {
  unauthenticated: 'Not signed in',
  forbidden: 'Not allowed',
  not_found: 'Not found',
  invalid: 'The request is not valid',
  conflict: 'In conflict with the register',
  rate_limited: 'Too many requests',
  syntax: 'The body cannot be read',
  method_not_allowed: 'Method not allowed',
  too_large: 'The body is too large',
  unsupported_media_type: 'The body is of another type',
  internal: 'The platform failed',
  unavailable: 'The register takes no filings at present',
}

/** What it means and what to do, for who follows the `type` of a problem. */
export const PROBLEM_MEANING: Record<Exclude<ProblemCode, 'syntax'>, string> = {
  unauthenticated: 'There was no key, or it is unknown, expired or revoked. Send a key of yours as “Authorization: Bearer …”; the secretariat issues them.',
  forbidden: 'Your role or your participant does not allow this. A write by the session of a browser must come from the platform’s own pages.',
  not_found: 'It is not there, or it is not open to you: the answer is the same on purpose.',
  invalid: 'Something in the request does not hold. “errors” names each field with a JSON pointer into the body, and says what would be right; in a spreadsheet, the sheet and the cell. '
    + 'With status 400 the body as a whole could not be read.',
  conflict: 'The register has moved on: a newer version exists, it has been released or withdrawn already, or you have signed it. Read it again and decide anew.',
  rate_limited: 'More requests than the limit of a minute. “Retry-After” says in how many seconds the next one fits.',
  method_not_allowed: 'The address exists, but does not take this method. “Allow” says which it takes.',
  too_large: 'A filing takes 8 MB, a spreadsheet 10 MB, anything else 1 MB. Split what you send.',
  unsupported_media_type: 'Bodies are JSON in UTF-8: send “Content-Type: application/json”. A spreadsheet is sent as what it is, a workbook (XLSX) or text/csv.',
  unavailable: 'The log that proves every filing cannot be signed, so nothing is accepted that could not be proven. Reading goes on. Try again later.',
  internal: 'We failed, and nothing was stored. Send it again under the same Idempotency-Key; if it stays so, quote the requestId to the secretariat.',
}
export const isShownProblem = (code: string): code is keyof typeof PROBLEM_MEANING => Object.hasOwn(PROBLEM_MEANING, code)

/** `syntax` is told apart by its status alone: for a client it is one more way of being invalid. */
export const shownCode = (code: ProblemCode): string => (code === 'syntax' ? 'invalid' : code)

type Extra = { problem: ProblemCode; retryAfter?: number; allow?: string }
type Refusal = AppError & Partial<Extra>

/** A refusal that no operation makes: thrown inside the edge, and nowhere else. */
export const refusal = (problem: ProblemCode, detail: string, fields: FieldProblem[] = [], about: Omit<Extra, 'problem'> = {}): AppError =>
  Object.assign(new AppError('invalid', detail, fields), { problem, ...about })

const UNKNOWN = 'Something failed on our side and nothing was stored. Try again; if it stays so, tell the secretariat the requestId.'

export type Known = { code: ProblemCode; status: number; detail: string; fields: FieldProblem[]; headers: Record<string, string> }

/** What may be said of an error. An error that nobody foresaw is one generic sentence: its own words stay in the log. */
export const knownFrom = (error: unknown): Known => {
  const refused = error instanceof AppError ? (error as Refusal) : null
  const code = refused ? (refused.problem ?? refused.code) : 'internal'
  const headers: Record<string, string> = {}
  if (code === 'unauthenticated') headers['WWW-Authenticate'] = 'Bearer realm="batp"'
  if (code === 'rate_limited') headers['Retry-After'] = String(refused?.retryAfter ?? 60)
  if (refused?.allow) headers.Allow = refused.allow
  return { code, status: PROBLEM_STATUS[code], detail: refused?.message ?? UNKNOWN, fields: refused?.fields ?? [], headers }
}

/** A declaration may be wrong in every cell: the first are enough to find what went wrong, and `detail` says how many there are. */
export const TOLD = 100

const parameterAt = (pointer: string, inQuery: boolean) => (inQuery && pointer ? { parameter: pointer.slice(1) } : {})

/** RFC 9457. In a request without a body the first step of a pointer is a query parameter, and is named as such too. */
export const problemDocument = ({ code, status, detail, fields }: Known, instance: string, requestId: string, inQuery: boolean) => ({
  type: `/problems/${shownCode(code)}`,
  title: PROBLEM_TITLE[code],
  status,
  detail,
  code: shownCode(code),
  instance,
  requestId,
  ...(fields.length > 0
    ? { errors: fields.slice(0, TOLD).map(({ pointer, message }) => ({ pointer, ...parameterAt(pointer, inQuery), detail: message })) }
    : {}),
})
