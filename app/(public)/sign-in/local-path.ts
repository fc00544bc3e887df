const HERE = 'http://here.invalid'

/** Where to go after signing in: a path of this site, whatever the address asks for. */
export const localPath = (next: string | string[] | undefined): string => {
  const wanted = typeof next === 'string' && URL.canParse(next, HERE) ? new URL(next, HERE) : null
  if (!wanted || wanted.origin !== HERE || !next!.toString().startsWith('/')) return '/workspace'
  const path = `${wanted.pathname}${wanted.search}${wanted.hash}`
  return path.startsWith('//') || wanted.pathname.startsWith('/sign-in') ? '/workspace' : path
}
