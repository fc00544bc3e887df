// In production an error reaches the browser with nothing but this digest, under which the server has logged it.
export const digestOf = (error: unknown) =>
  error && typeof error === 'object' && 'digest' in error && typeof error.digest === 'string' ? error.digest : undefined
