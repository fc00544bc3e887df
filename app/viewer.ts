import { cache } from 'react'
import { callerFromCookies } from '@/lib/auth/session.ts'
import { getViewer } from '@/lib/users/queries.ts'

/** Read once a request, however many parts of the page ask. */
export const currentCaller = cache(callerFromCookies)
export const currentViewer = cache(async () => getViewer(await currentCaller(), {}))
