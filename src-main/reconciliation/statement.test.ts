import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { StatementFormat } from '../providers/mobile-money.ts'
import { registry } from '../providers/registry.ts'
import { readStatement as readAt } from './statement.ts'

const formats = registry.flatMap(({ declaration }) => {
  const nobody = { settings: {}, secrets: {}, call: () => Promise.reject(new Error('a reader cannot call')) }
  const format = declaration.connect(nobody).mobileMoney?.statement
  return format === undefined ? [] : [[declaration.id, format] as const]
})
const [first] = formats
if (first === undefined) throw new Error('no network exports a statement')
const [, format] = first

const now = Date.parse('2026-11-30T12:00:00+03:00')
const readStatement = (text: string, of: StatementFormat) => readAt(text, of, now)

const fields = ['code', 'at', 'paidIn', 'paidOut', 'phone', 'status'] as const
const quote = (cell: string) => `"${cell.replaceAll('"', '""')}"`
const csv = (rows: readonly (readonly string[])[]) => rows.map((row) => row.map(quote).join(',')).join('\r\n')
/** A statement with the first heading of each column. */
const statement = (of: StatementFormat, ...rows: readonly (readonly string[])[]) =>
  csv([fields.map((field) => of[field][0] ?? ''), ...rows])
const line = (of: StatementFormat, more: Partial<Record<(typeof fields)[number], string>> = {}) => {
  const cells = {
    code: 'SKL4ABCDEF',
    at: '21-11-2026 14:05:09',
    paidIn: '1,234.00',
    paidOut: '',
    phone: '254712345678',
    status: of.completed[0] ?? '',
    ...more,
  }
  return fields.map((field) => cells[field])
}

describe('a statement', () => {
  it('is known of three networks at least', () => {
    expect(formats.map(([id]) => id)).toEqual(
      expect.arrayContaining(['mixx-by-yas', 'mpesa-kenya', 'mpesa-tanzania']),
    )
  })

  it.each(formats)('of %s is read under every heading that is known for it', (_id, of) => {
    for (const field of fields) {
      for (const heading of of[field]) {
        const head = fields.map((one) => (one === field ? heading.toUpperCase() : (of[one][0] ?? '')))
        const text = csv([['Duka la Asha'], ['Period', 'today'], [], head, line(of)])
        expect(readStatement(text, of)).toMatchObject({
          ok: true,
          lines: [
            {
              code: 'SKL4ABCDEF',
              at: Date.parse('2026-11-21T14:05:09+03:00'),
              amountMinor: 123_400,
              phone: '254712345678',
              reversed: false,
            },
          ],
        })
      }
    }
  })

  it.each(formats)('of %s may write its dates in each known way', (_id, of) => {
    const shown: Readonly<Record<string, string>> = {
      'yyyy-MM-dd HH:mm:ss': '2026-11-21 14:05:00',
      'dd-MM-yyyy HH:mm:ss': '21-11-2026 14:05:00',
      'dd/MM/yyyy HH:mm:ss': '21/11/2026 14:05:00',
      'dd/MM/yyyy HH:mm': '21/11/2026 14:05',
    }
    expect(of.dates.every((form) => form in shown)).toBe(true)
    for (const form of of.dates) {
      const read = readStatement(statement(of, line(of, { at: shown[form] ?? '' })), of)
      expect(read).toMatchObject({ ok: true, lines: [{ at: Date.parse('2026-11-21T14:05:00+03:00') }] })
    }
  })

  it.each([
    ['1,234.00', 123_400],
    ['1234', 123_400],
    ['12,345,678.90', 1_234_567_890],
    ['KES 1,234.5', 123_450],
    ['Tsh 1 000', 100_000],
    ['0.01', 1],
  ])('reads the amount %s', (paidIn, amountMinor) => {
    expect(readStatement(statement(format, line(format, { paidIn })), format)).toMatchObject({
      ok: true,
      lines: [{ amountMinor }],
    })
  })

  it.each(['', '0.00', '-500.00', '(500.00)', '500.00-', '500.00 DR', 'n/a', '-'])(
    'passes over a line by which no money came in: %s',
    (paidIn) => {
      expect(readStatement(statement(format, line(format, { paidIn })), format)).toMatchObject({
        ok: true,
        lines: [],
        reading: { passed: 1, unread: [] },
      })
    },
  )

  it.each(['1e400', '99999999999999999999', 'lots', '1.234.5', '3,200.005'])(
    'lists a line whose amount nobody can mean: %s',
    (paidIn) => {
      const text = statement(format, line(format, { paidIn }), line(format, { code: 'SKL4ABCDEG' }))
      expect(readStatement(text, format)).toMatchObject({
        ok: true,
        lines: [{ code: 'SKL4ABCDEG' }],
        reading: { unread: [{ line: 2, why: 'amount' }] },
      })
    },
  )

  it.each(formats)('of %s counts only what went through', (_id, of) => {
    const bad = [
      'Failed',
      'Unsuccessful',
      'Not completed',
      'Uncompleted',
      'Rejected',
      'Cancelled',
      'Pending',
      'Too many attempts',
    ]
    for (const status of bad)
      expect([status, readStatement(statement(of, line(of, { status })), of)]).toMatchObject([
        status,
        { ok: true, lines: [], reading: { unread: status.startsWith('Too') ? [{ why: 'state' }] : [] } },
      ])
    for (const word of of.completed)
      expect(
        readStatement(statement(of, line(of, { status: `Transaction ${word.toUpperCase()}` })), of),
      ).toMatchObject({
        ok: true,
        lines: [{ code: 'SKL4ABCDEF' }],
      })
  })

  it.each([
    ['254712***678', '254712***678'],
    ['254712345678 - ASHA JUMA', '254712345678'],
    ['Pay from 0712345678 ASHA', '0712345678'],
    ['+254 712 345 678', '+254712345678'],
    ['ASHA JUMA', null],
    ['', null],
  ])('finds the phone in %s', (shown, phone) => {
    expect(readStatement(statement(format, line(format, { phone: shown })), format)).toMatchObject({
      ok: true,
      lines: [{ phone }],
    })
  })

  it('may begin with a mark of its encoding, and hold line breaks in its cells', () => {
    const text = `\uFEFF${statement(format, line(format, { phone: 'ASHA\n0712345678' }))}\n`
    expect(readStatement(text, format)).toMatchObject({ ok: true, lines: [{ phone: '0712345678' }] })
  })

  it('that is none says which headings it wants; a line without a date is listed', () => {
    expect(readStatement('a,b\n1,2', format)).toEqual({
      ok: false,
      why: 'noHeadings',
      headings: [format.code[0], format.at[0], format.paidIn[0]].join(', '),
    })
    expect(readStatement('', format).ok).toBe(false)
    expect(readStatement('"open', format).ok).toBe(false)
    const text = statement(format, line(format), line(format, { at: 'yesterday', paidIn: '777.00' }))
    const read = readStatement(text, format)
    expect(read).toMatchObject({
      ok: true,
      lines: [{ amountMinor: 123_400 }],
      reading: { unread: [{ line: 3, why: 'date' }] },
    })
  })

  it('never breaks the program, whatever the file holds', () => {
    const cell = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        'SKL4ABCDEF',
        '1,234.00',
        '21-11-2026 14:05:09',
        'Completed',
        '"',
        ',',
        '=1+1',
        '-1',
        '1e999',
        '11/5/26 8:19',
        '3.200',
        '46356.5',
        'Reversed',
      ),
    )
    const table = fc.array(fc.array(cell, { maxLength: 8 }), { maxLength: 8 })
    const file = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 400 }),
      table.map((rows) => rows.map((row) => row.join(',')).join('\n')),
      table.map((rows) => statement(format, ...rows)),
    )
    fc.assert(
      fc.property(file, fc.constantFrom(...formats), (text, [, of]) => {
        const read = readStatement(text, of)
        if (read.ok === true)
          for (const one of read.lines) {
            expect(Number.isSafeInteger(one.amountMinor) && one.amountMinor > 0).toBe(true)
            expect(Number.isFinite(one.at) && one.code.length > 0).toBe(true)
          }
      }),
      { numRuns: 2_000 },
    )
  })
})
