import { describe, expect, test, vi } from 'vitest'
import { POST } from '../../app/api/csp-report/route.ts'
import { logger } from '../../lib/shared/logger.ts'

/** Sends a report, and answers what the log got of it. */
const reported = async (body: BodyInit | null): Promise<string> => {
  const warn = vi.spyOn(logger(), 'warn').mockImplementation(() => {})
  const answer = await POST(new Request('http://localhost:3000/api/csp-report', { method: 'POST', body, duplex: 'half' } as RequestInit))
  expect(answer.status).toBe(204)
  const lines = warn.mock.calls.map(([line]) => line as unknown as { report: string })
  warn.mockRestore()
  expect(lines).toHaveLength(1)
  return lines[0]!.report
}

describe('a report of what the content security policy blocked', () => {
  test('is logged as it came', async () => {
    const report = JSON.stringify({ 'csp-report': { 'blocked-uri': 'https://elsewhere.example/č.js' } })
    expect(await reported(report)).toBe(report)
    expect(await reported(null)).toBe('')
  })

  test('is cut at 8 kB, counted in bytes', async () => {
    expect(await reported('a'.repeat(8192))).toHaveLength(8192)
    expect(await reported('a'.repeat(8193))).toHaveLength(8192)
    expect(await reported('č'.repeat(8192))).toBe('č'.repeat(4096))
  })

  test('that never ends is not read to its end', async () => {
    let sent = 0
    let cancelled = false
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        sent += 1
        controller.enqueue(new Uint8Array(1000).fill(97))
      },
      cancel: () => {
        cancelled = true
      },
    })
    expect(await reported(endless)).toHaveLength(8192)
    expect(sent).toBeLessThan(20)
    expect(cancelled).toBe(true)
  })
})
