import { formatDate } from '../shared/format.ts'
import { CSV_PARAMETERS, registerCsv } from './csv.ts'
import { answering, queryOf } from './edge.ts'

/** The register as a file. Its name is ours: nothing of the request is in it. */
export const downloadRegister = (request: Request): Promise<Response> => answering(request, 'register.csv', 'export', async (caller) => {
  const body = await registerCsv(caller, queryOf(new URL(request.url), CSV_PARAMETERS))
  const name = `batp-register-${formatDate(new Date())}.csv`
  return new Response(body, {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8; header=present', 'Content-Disposition': `attachment; filename="${name}"`,
      'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff',
    },
  })
})
