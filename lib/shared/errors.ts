export const ERROR_STATUS = {
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  invalid: 422,
  conflict: 409,
  rate_limited: 429,
} as const

export type ErrorCode = keyof typeof ERROR_STATUS

/** One thing wrong in an input. `pointer` is a JSON pointer (RFC 6901) into the request body, '' for the whole of it. */
export type FieldProblem = { pointer: string; message: string }

/** Every refusal that a person may cause. Its message says what is wrong and what would be right. */
export class AppError extends Error {
  code: ErrorCode
  fields: FieldProblem[]

  constructor(code: ErrorCode, message: string, fields: FieldProblem[] = []) {
    super(message)
    this.name = 'AppError'
    this.code = code
    this.fields = fields
  }
}

export type Failure = { ok: false; error: { code: ErrorCode | 'internal'; message: string; fields: FieldProblem[] } }
export type Outcome<T> = { ok: true; value: T } | Failure
