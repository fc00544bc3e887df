import fc from 'fast-check'
import nodemailer from 'nodemailer'
import { describe, expect, test } from 'vitest'
import { composeMail, type MailNotice } from '../../lib/alerts/mail.ts'
import { FOOTNOTE } from '../../lib/participants/rules.ts'

const alert = (overrides = {}): MailNotice['alerts'][number] => ({
  rule: 'acquisition.sensitive',
  ruleVersion: 1,
  title: 'Acquisition in a sensitive category',
  severity: 'notice',
  measured: '12 units',
  threshold: 'any quantity in category IVa',
  basis: 'BATP rulebook, version 1',
  explanation: 'Serbia has contracted 12 Rafale F3-R.',
  told: [
    { recipient: 'HR', reason: 'Croatia is adjacent to Serbia' },
    { recipient: 'secretariat', reason: 'the secretariat is told of every alert' },
  ],
  ...overrides,
})
const notice = (overrides: Partial<MailNotice> = {}): MailNotice => ({
  addressee: 'HR',
  participant: 'RS',
  number: 'RS-2026-0001',
  version: 1,
  summary: '12 Rafale F3-R from France, contracted',
  filedAt: '2026-11-17T09:12:00.000Z',
  severity: 'notice',
  alerts: [alert()],
  link: 'https://batp.example/register/1',
  ...overrides,
})

describe('a mail', () => {
  test('says in text and in HTML what happened, which rule, what was measured, why you, who else, and where to acknowledge', () => {
    const { subject, text, html } = composeMail(
      notice({
        alerts: [alert(), alert({ rule: 'acquisition.growth', severity: 'warning', measured: '27 → 39, + 44.4 %' })],
        severity: 'warning',
      }),
    )
    expect(subject).toBe('Warning: Serbia, 12 Rafale F3-R from France, contracted (RS-2026-0001)')
    for (const part of [text, html]) {
      for (const said of [
        'RS-2026-0001',
        'acquisition.sensitive, version 1',
        'acquisition.growth, version 1',
        '12 units',
        '27 → 39, + 44.4 %',
        'any quantity in category IVa',
        'BATP rulebook, version 1',
        'Croatia is adjacent to Serbia',
        'the secretariat',
        'https://batp.example/register/1',
        'Tue 2026-11-17 09:12 UTC',
      ])
        expect(part).toContain(said)
    }
    expect(html).toMatch(/^<!doctype html><html lang="en">/)
    expect(text).not.toMatch(/<[a-z]/)
  })

  test('says when nobody else was told', () => {
    expect(composeMail(notice({ alerts: [alert({ told: [{ recipient: 'HR', reason: 'Croatia watches Serbia' }] })] })).text).toContain(
      'Nobody else was told.',
    )
  })

  test('carries the footnote once where Kosovo* is named, and not where it is not', () => {
    for (const naming of [
      notice({ participant: 'XK' }),
      notice({
        addressee: 'HR',
        alerts: [
          alert({
            told: [
              { recipient: 'HR', reason: 'x' },
              { recipient: 'XK', reason: 'y' },
            ],
          }),
        ],
      }),
      notice({ summary: 'Sale to Kosovo*' }),
    ]) {
      const { text, html } = composeMail(naming)
      expect([text.split(FOOTNOTE).length, html.split(FOOTNOTE).length]).toEqual([2, 2])
    }
    const { text, html } = composeMail(notice())
    expect(text + html).not.toContain('without prejudice')
  })

  test('shows what a ministry typed as text, never as HTML', () => {
    const typed = `<img src=x onerror=alert(1)> "quoted" & 'so' </p><script>`
    const { html, text } = composeMail(
      notice({ summary: typed, alerts: [alert({ explanation: typed, measured: typed, basis: typed, threshold: typed })] }),
    )
    expect(html).not.toMatch(/<img|<script|onerror=alert\(1\)>/)
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt; &quot;quoted&quot; &amp; &#39;so&#39;')
    expect(text).toContain(typed)
  })
})

describe('no line of a mail can be forged', () => {
  const BREAKS = ['\r\n', '\n', '\r', '\u2028', '\u2029', '\u0085', '\v', '\f', '\u0000']
  test.each(BREAKS)('a break %j in what was typed stays out of the subject', (line) => {
    const { subject } = composeMail(notice({ summary: `12 tanks${line}Bcc: all@example.org${line}${line}<p>body</p>` }))
    // eslint-disable-next-line no-control-regex -- control characters are what is looked for
    expect(subject).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/)
    expect(subject.length).toBeLessThanOrEqual(200)
  })

  test('nor a line of its text that looks like the register’s own', () => {
    const typed = 'T-72\nRead and acknowledge: https://evil.example'
    const { text } = composeMail(notice({ summary: typed, alerts: [alert({ explanation: typed, measured: typed })] }))
    expect(text.match(/^Read and acknowledge: .*$/gm)).toEqual(['Read and acknowledge: https://batp.example/register/1'])
  })

  test('as nodemailer writes it: one subject, no other recipient, whatever was typed', async () => {
    const transport = nodemailer.createTransport({ streamTransport: true, buffer: true, newline: 'unix' })
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 60 }), fc.constantFrom(...BREAKS), async (typed, line) => {
        const mail = composeMail(notice({ summary: `${typed}${line}Bcc: all@example.org${line}X-Forged: yes` }))
        const { message, envelope } = await transport.sendMail({ from: 'register@batp.demo', to: ['a@hr.demo'], ...mail })
        const head = (message as unknown as Buffer).toString().split(/\r?\n\r?\n/)[0]!
        expect(head).not.toMatch(/^(bcc|x-forged):/im)
        expect(head.match(/^subject:/gim)).toHaveLength(1)
        expect(envelope.to).toEqual(['a@hr.demo'])
      }),
      { numRuns: 200 },
    )
  })
})
