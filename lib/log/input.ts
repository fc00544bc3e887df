import { z } from 'zod'

/** A word of a policy. What stands before it there, and what policies name their groups, it cannot be. */
const WORD = /^[A-Za-z][A-Za-z0-9._-]{0,39}$/
const RESERVED = /^(none|any|all|log|witness|group|quorum|participants|outside|both|any-.*)$/i

const Name = z.string('State a name, such as RS or OSCE.')
  .regex(WORD, 'A name is up to 40 letters, digits, points and hyphens, and begins with a letter, such as RS or OSCE.')
  .refine((name) => !RESERVED.test(name), 'This word has another meaning in a policy. Choose another name.')

const isPlainUrl = (text: string): boolean => {
  const url = URL.parse(text)
  if (url === null || !['https:', 'http:'].includes(url.protocol)) return false
  return [url.username, url.password, url.search, url.hash].every((part) => part === '')
}

/** What a policy's line can hold: no space, and nothing that is not ASCII. */
const Url = z.string('State where the witness answers, such as https://witness.mod.example.').max(300, 'At most 300 characters.')
  .regex(/^[\x21-\x7e]+$/, 'Write the URL in ASCII, without spaces.')
  .refine(isPlainUrl, 'This is not the URL of a witness: https://, a host and a path, without user, query and fragment.')

export const NameWitness = z.strictObject({
  name: Name,
  vkey: z.string('State the public key that the witness prints when it starts.').max(500, 'At most 500 characters.'),
  url: Url,
})
export const RetireWitness = z.strictObject({ id: z.uuid('State the id of a witness.') })
