import { describe, expect, it } from 'vitest'
import {
  reconciliationItemSchema,
  statementReadingSchema,
} from '../../src-preload/contract/reconciliation.ts'
import type { StatementFormat } from '../providers/mobile-money.ts'
import { readStatement, type Said } from './statement.ts'

/** Forms that portals and spreadsheets give one list. Shapes of published captures, personal details replaced. */
const format: StatementFormat = {
  code: ['Receipt No.'],
  at: ['Completion Time'],
  paidIn: ['Paid In', 'Amount'],
  paidOut: ['Withdrawn'],
  phone: ['Other Party Info'],
  status: ['Transaction Status'],
  completed: ['completed', 'success'],
  dates: [],
  zone: 'Africa/Nairobi',
}
const now = Date.parse('2026-11-30T12:00:00+03:00')
const at = Date.parse('2026-11-30T08:19:59+03:00')
const headings = [
  'Receipt No.',
  'Completion Time',
  'Details',
  'Transaction Status',
  'Paid In',
  'Withdrawn',
  'Balance',
  'Other Party Info',
]
const preamble = 'Organization\r\nShort Code: 600000\r\n\r\n'
const cells = (more: Partial<Record<string, string>> = {}): string[] => {
  const usual: Readonly<Record<string, string>> = {
    'Receipt No.': 'S2P7TFBKDG',
    'Completion Time': '30-11-2026 08:19:59',
    Details: 'Customer Pay Bill from 2547******678 - NEEMA J',
    'Transaction Status': 'Completed',
    'Paid In': '3200.00',
    Balance: '50000.00',
    'Other Party Info': '2547******678 - NEEMA JUMA',
    ...more,
  }
  return headings.map((heading) => usual[heading] ?? '')
}
const file = (rows: readonly (readonly string[])[], separator = ',') =>
  `${preamble}${[headings, ...rows].map((row) => row.join(separator)).join('\r\n')}\r\n`
function whole(text: string, said: Said = {}) {
  const read = readStatement(text, format, now, said)
  if (read.ok !== true) throw new Error(JSON.stringify(read))
  statementReadingSchema.parse(read.reading)
  for (const one of read.lines) {
    const { code, at: paid, phone } = one
    const item = { code, at: paid, phone, thereMinor: one.amountMinor, hereMinor: null, paymentId: null }
    const rest = {
      id: 1,
      kind: 'missingHere',
      detail: null,
      note: null,
      settledByName: null,
      settledAt: null,
    }
    // What the contract could not give back must not be stored.
    reconciliationItemSchema.parse({ ...item, ...rest })
  }
  return read
}
const one = { code: 'S2P7TFBKDG', at, amountMinor: 320_000, phone: '2547******678' }

describe('the form of a file', () => {
  it.each([
    ['comma', ','],
    ['semicolon', ';'],
    ['tab', '\t'],
    ['pipe', '|'],
  ])('is found by its headings: %s', (name, separator) => {
    const { lines, reading } = whole(file([cells()], separator))
    expect(lines).toMatchObject([one])
    expect(reading).toMatchObject({ separator: name, lines: 1, passed: 0, unread: [] })
  })

  it('may be UTF-16 that was read as UTF-8, and begin with a mark', () => {
    const text = file([cells()])
    expect(whole(`\ufeff${text}`).lines).toMatchObject([one])
    for (const order of ['le', 'be'] as const) {
      const bytes = Buffer.from(`\ufeff${text}`, 'utf16le')
      if (order === 'be') bytes.swap16()
      expect(whole(bytes.toString('utf8')).lines).toMatchObject([one])
    }
  })

  it.each([
    ['a quote in a name', { Details: 'Pay Bill from JUMA "MZEE' }],
    ['a quote at the beginning of a cell', { Details: '"NEEMA duka' }],
    ['a quote at the end', { Details: 'NEEMA"' }],
  ])('may hold %s', (_of, more) => {
    const { lines, reading } = whole(file([cells(more), cells({ 'Receipt No.': 'S2P7TFBKDH' })]))
    expect(lines.map(({ code }) => code)).toEqual(['S2P7TFBKDG', 'S2P7TFBKDH'])
    expect(reading.unread).toEqual([])
  })

  it('swallows no lines between two quotes that stand alone', () => {
    const codes = ['S2P7TFBKD1', 'S2P7TFBKD2', 'S2P7TFBKD3', 'S2P7TFBKD4']
    const rows = codes.map((code, index) =>
      cells({ 'Receipt No.': code, Details: index === 0 || index === 3 ? '"NEEMA' : 'x' }),
    )
    expect(whole(file(rows)).lines.map(({ code }) => code)).toEqual(codes)
  })

  it('joins thousands that stand without quotes between commas, and lists what cannot be joined', () => {
    const torn = cells({ 'Paid In': '"3200,00"', Balance: '50,000.00' })
    const worse = cells({ 'Receipt No.': 'S2P7TFBKDH', Details: 'Pay Bill, NEEMA' })
    const { lines, reading } = whole(file([torn, worse]))
    expect(lines).toMatchObject([one])
    expect(reading.unread).toEqual([{ line: 6, why: 'cells' }])
  })

  it('with lines cut by another sign than its headings lists them: none of them may be missed', () => {
    const rows = [headings.join(';'), cells().join(','), cells({ 'Receipt No.': 'B' }).join(',')]
    expect(whole(rows.join('\n'))).toMatchObject({
      lines: [],
      reading: {
        unread: [
          { line: 2, why: 'cells' },
          { line: 3, why: 'cells' },
        ],
      },
    })
  })

  it('may end with totals, pages and words, and repeat its headings', () => {
    const rows = [
      ['Opening Balance', '', '', '', '1,000.00'],
      cells(),
      headings,
      cells({ 'Receipt No.': 'S2P7TFBKDH' }),
      ['Total', '', '', '', '6400.00'],
      ['JUMLA', '', '', '', '6400.00'],
      ['', '', 'Grand Total', '', '6400.00', '0.00'],
      ['This is a computer generated statement'],
      [],
    ]
    const { lines, reading } = whole(file(rows, ';'))
    expect([lines.length, reading.unread]).toEqual([2, []])
  })

  it('is no workbook, which is said in words', () => {
    expect(readStatement('PK\u0003\u0004\u0014xyz', format, now)).toMatchObject({
      ok: false,
      why: 'workbook',
    })
  })
})

describe('amounts', () => {
  it.each([
    ['3200.00', 320_000],
    ['3,200.00', 320_000],
    ['3200,00', 320_000],
    ['3.200,00', 320_000],
    ['3 200,00', 320_000],
    ['3\u00a0200.00', 320_000],
    ['3\u202f200', 320_000],
    ["3'200.00", 320_000],
    ['3200/=', 320_000],
    ['3,200/=', 320_000],
    ['TZS 3,200/-', 320_000],
    ['Tsh. 3,200', 320_000],
    ['KES3200', 320_000],
    ['3,200', 320_000],
    ['3200', 320_000],
    ['3200,5', 320_050],
    ['3200.5', 320_050],
    ['3200.000', 320_000],
    ['+3,200.00', 320_000],
    ['3,200.00 CR', 320_000],
    ['1.234.567', 123_456_700],
    ['1.234.567,89', 123_456_789],
    ['1,234,567.89', 123_456_789],
    ['12,34,567.89', 123_456_789],
  ])('%s is read', (paidIn, amountMinor) => {
    const { lines } = whole(file([cells({ 'Paid In': paidIn })], ';'))
    expect(lines).toMatchObject([{ amountMinor }])
  })

  it('take their decimal mark from the whole column', () => {
    const rows = (paidIn: string) =>
      file([cells({ 'Paid In': '3.200' }), cells({ 'Receipt No.': 'B', 'Paid In': paidIn })], ';')
    const amounts = (paidIn: string) => whole(rows(paidIn)).lines.map((line) => line.amountMinor)
    expect(amounts('14.500,00')).toEqual([320_000, 1_450_000])
    expect(amounts('500,50')).toEqual([320_000, 50_050])
    // A point that is followed by two decimals elsewhere leaves 3.200 without a meaning.
    const { lines, reading } = whole(rows('14,500.00'))
    expect([lines.length, reading.unread]).toEqual([1, [{ line: 5, why: 'amount' }]])
  })

  it('that may be meant in two ways are asked about', () => {
    const text = file([cells({ 'Paid In': '3.200' })], ';')
    expect(readStatement(text, format, now)).toEqual({
      ok: 'doubtful',
      about: 'decimals',
      sample: '3.200',
      point: 320,
      comma: 320_000,
    })
    expect(whole(text, { decimals: 'comma' }).lines).toMatchObject([{ amountMinor: 320_000 }])
    expect(whole(text, { decimals: 'point' }).lines).toMatchObject([{ amountMinor: 320 }])
  })
})

describe('dates', () => {
  it.each([
    ['30-11-2026 08:19:59'],
    ['30/11/26 08:19:59'],
    ['30.11.2026 08:19:59'],
    ['2026-11-30 08:19:59'],
    ['2026-11-30T08:19:59+03:00'],
    ['2026-11-30T05:19:59Z'],
    ['2026-11-30 08:19:59.123'],
    ['2026/11/30 8:19:59'],
    ['11/30/2026 8:19:59 AM'],
    ['11/30/26 08:19:59 am'],
    ['30 Nov 2026 08:19:59'],
    ['30-Nov-26 08:19:59'],
    ['Nov 30, 2026 08:19:59'],
    ['Mon, 30 November 2026 08:19:59'],
    ['30 Novemba 2026 08:19:59'],
    ['20261130081959'],
    ["'30/11/2026 08:19:59"],
    ['46356.347210648'],
  ])('%s is read', (when) => {
    expect(whole(file([cells({ 'Completion Time': when })], ';')).lines).toMatchObject([{ at }])
  })

  it.each([
    ['30/11/26 08:19', '2026-11-30T08:19:00+03:00'],
    ['30/11/2026', '2026-11-30T00:00:00+03:00'],
    ['29/11/2026 12:05 PM', '2026-11-29T12:05:00+03:00'],
    ['29/11/2026 12:05 AM', '2026-11-29T00:05:00+03:00'],
    ['29 Des 2025', '2025-12-29T00:00:00+03:00'],
    ['5/5/26 08:00', '2026-05-05T08:00:00+03:00'],
  ])('%s is %s', (when, meant) => {
    expect(whole(file([cells({ 'Completion Time': when })], ';')).lines).toMatchObject([
      { at: Date.parse(meant) },
    ])
  })

  const days = (...whens: readonly string[]) =>
    file(
      whens.map((when, index) => cells({ 'Receipt No.': `CODE${index}`, 'Completion Time': when })),
      ';',
    )

  it('take their order from the whole column: one day beyond the twelfth, or in the future, tells', () => {
    const read = (...whens: readonly string[]) => {
      const { lines, reading } = whole(days(...whens))
      return [
        reading.dates,
        ...lines.map((line) => new Date(line.at + 3 * 3_600_000).toISOString().slice(0, 10)),
      ]
    }
    expect(read('5/11/2026', '13/11/2026')).toEqual(['dayFirst', '2026-11-05', '2026-11-13'])
    expect(read('11/5/2026', '11/13/2026')).toEqual(['monthFirst', '2026-11-05', '2026-11-13'])
    // December is still to come.
    expect(read('12/11/2026', '11/11/2026')).toEqual(['dayFirst', '2026-11-12', '2026-11-11'])
    expect(read('11/12/2026', '11/11/2026')).toEqual(['monthFirst', '2026-11-12', '2026-11-11'])
  })

  it('that may be meant in two ways are asked about, and so is a column that contradicts itself', () => {
    const text = days('11/5/2026 8:19', '11/6/2026 8:19')
    expect(readStatement(text, format, now)).toEqual({
      ok: 'doubtful',
      about: 'dates',
      sample: '11/5/2026 8:19',
      dayFirst: Date.parse('2026-05-11T08:19:00+03:00'),
      monthFirst: Date.parse('2026-11-05T08:19:00+03:00'),
    })
    const [first] = whole(text, { dates: 'monthFirst' }).lines
    expect(first?.at).toBe(Date.parse('2026-11-05T08:19:00+03:00'))
    expect(readStatement(days('5/11/2026', '13/11/2026', '11/13/2026'), format, now).ok).toBe('doubtful')
  })

  it.each([
    'yesterday',
    '31/02/2026',
    '30/11/0026',
    '30/11/1926',
    '30/11/2062',
    // The year stands first, or it is an old list: nobody knows.
    '26/11/10',
    '25:61',
    '99999',
    '2026-13-01',
  ])('that cannot be meant are listed, and hold back no other line: %s', (when) => {
    const { lines, reading } = whole(
      file([cells({ 'Completion Time': when }), cells({ 'Receipt No.': 'B' })], ';'),
    )
    expect(lines).toMatchObject([{ code: 'B', at }])
    expect(reading.unread).toEqual([{ line: 5, why: 'date' }])
  })
})

describe('what a line is', () => {
  const of = (more: Partial<Record<string, string>>) => whole(file([cells(more)], ';'))

  it.each(['Completed - Reversed', 'Reversed', 'Refunded', 'COMPLETED (REVERSAL)'])(
    '%s is money that went back',
    (status) => {
      expect(of({ 'Transaction Status': status }).lines).toMatchObject([{ reversed: true }])
    },
  )

  it.each(['Failed', 'Pending', 'Cancelled', 'Declined', 'Not completed', 'Expired', 'TF'])(
    '%s is no money',
    (status) => {
      expect(of({ 'Transaction Status': status })).toMatchObject({
        lines: [],
        reading: { passed: 1, unread: [] },
      })
    },
  )

  it('with a state that nobody knows is listed', () => {
    expect(of({ 'Transaction Status': 'Zwolnione' }).reading.unread).toEqual([{ line: 5, why: 'state' }])
  })

  it('by which money went out is passed over, however the list says it', () => {
    expect(of({ 'Paid In': '', Withdrawn: '3200.00' }).reading).toMatchObject({ passed: 1, unread: [] })
    expect(of({ 'Paid In': '0.00', Withdrawn: '-3200.00' }).reading).toMatchObject({ passed: 1, unread: [] })
    expect(of({ 'Paid In': '\u20133200.00' }).reading).toMatchObject({ passed: 1, unread: [] })
    for (const [heading, word] of [
      ['Type', 'Cash Out'],
      ['D/C', 'D'],
      ['Debit/Credit Indicator', 'DEBIT'],
      ['Aina', 'Kutoa pesa'],
      ['Aina', 'Kutuma pesa'],
      ['Type', 'Reversal'],
    ]) {
      const text = `Receipt No.;Completion Time;${heading};Amount\nA1;2026-11-29;${word};500\nA2;2026-11-29;x;600`
      expect(whole(text).lines.map(({ code }) => code)).toEqual(['A2'])
    }
    const head = 'Receipt No.;Completion Time;Transaction Type;Amount'
    const rows = [
      'A1;2026-11-29;Debit;500',
      'A2;2026-11-29;Credit;600',
      'A3;2026-11-29;DR;700',
      'A4;2026-11-29;;-800',
    ]
    const { lines, reading } = whole([head, ...rows].join('\n'))
    expect(lines.map(({ code, amountMinor }) => [code, amountMinor])).toEqual([['A2', 60_000]])
    expect(reading).toMatchObject({ passed: 3, unread: [] })
  })

  it.each(['5.11E+13', '5,11E+13', '5E+12', '5.11E13', '########', '51123456789012000000'])(
    'whose code a spreadsheet spoiled is told, and never becomes one code with others: %s',
    (code) => {
      const rows = [
        cells({ 'Receipt No.': code }),
        cells({ 'Receipt No.': code }),
        cells({ 'Receipt No.': '51123456789012' }),
      ]
      const { lines, reading } = whole(file(rows, ';'))
      expect(lines.map((line) => line.code)).toEqual(['51123456789012'])
      expect(reading.unread).toEqual([
        { line: 5, why: 'codeSpoiled' },
        { line: 6, why: 'codeSpoiled' },
      ])
    },
  )

  it('that comes twice counts once; with another amount it is listed', () => {
    const { lines, reading } = whole(file([cells(), cells(), cells({ 'Paid In': '99.00' })], ';'))
    expect(lines).toMatchObject([one])
    expect(reading.unread).toEqual([{ line: 7, why: 'codeTwice' }])
  })

  it.each(["'S2P7TFBKDG", '="S2P7TFBKDG"', '\u200bS2P7TFBKDG\u00a0', 's2p7 tfb kdg', '‘S2P7TFBKDG’'])(
    'whose code is dressed by a spreadsheet or a portal has the same code: %s',
    (code) => {
      expect(of({ 'Receipt No.': code }).lines).toMatchObject([{ code: 'S2P7TFBKDG' }])
    },
  )

  it('without a code is listed', () => {
    expect(of({ 'Receipt No.': '' }).reading.unread).toEqual([{ line: 5, why: 'code' }])
  })
})
