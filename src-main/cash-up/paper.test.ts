import { describe, expect, it } from 'vitest'
import type { CashUp } from '../../src-preload/contract/cash-up.ts'
import type { Language } from '../../src-preload/contract/paging.ts'
import type { PaperItem } from '../../src-preload/contract/paper.ts'
import type { Paper, PrinterProfile } from '../../src-preload/contract/printer-models.ts'
import { encodeDocument } from '../printing/encoding/encode.ts'
import { printerModels } from '../printing/encoding/models.ts'
import { liveShop } from '../settings/defaults.ts'
import { createPaperDecoder } from '../simulator/paper-decoder.ts'
import { cashUpDocument } from './paper.ts'

const at = Date.parse('2026-11-21T20:05:00+03:00')
const account = '00000000-0000-7000-8000-000000000001'
const item = { label: 'M-Pesa', phone: '+255754123456', code: 'SKL4ABCDEF', amountMinor: 1_500_000, at }
const cashUp: CashUp = {
  id: account,
  number: 17,
  tillId: 'K1',
  since: at - 43_200_000,
  until: at,
  currency: 'TZS',
  sales: 42,
  tenders: [
    {
      tender: 'cash',
      label: 'Cash',
      currency: 'TZS',
      countedMinor: 99_500_000,
      expectedMinor: 100_000_000,
      differenceMinor: -500_000,
    },
    {
      tender: account,
      label: 'M-Pesa (Vodacom, Tanzania), akaunti ya pili ya duka',
      currency: 'TZS',
      countedMinor: 250_000_000,
      expectedMinor: 250_000_000,
      differenceMinor: 0,
    },
  ],
  floatMinor: 5_000_000,
  leftMinor: 6_000_000,
  openItems: (
    ['unknownPayment', 'unprovedCode', 'unmatchedNotice', 'overpaid', 'unknownTransfer'] as const
  ).map((kind) => ({ ...item, kind })),
  note: 'Noti moja ilikuwa bandia; meneja ameiona.',
  staffName: 'Neema',
}

function profileOf(paper: Paper): PrinterProfile {
  const model = printerModels.find(({ id }) => id === `generic-${paper}`)
  if (model === undefined) throw new Error(`no usual printer of ${paper} mm`)
  return { ...model.profile, cutter: 'partial' }
}

/** The paper as it comes out of a printer of this width. */
function printed(
  language: Language,
  paper: Paper,
  more: Partial<CashUp> = {},
  practice = false,
): PaperItem[] {
  const shop = { ...liveShop, name: 'Duka la Asha' }
  const document = cashUpDocument({ shop, cashUp: { ...cashUp, ...more }, language, practice })
  const found: PaperItem[] = []
  const profile = { ...profileOf(paper), drawer: false, drawerPin: 2 } as const
  const decoder = createPaperDecoder(profile.dots, { item: (one) => found.push(one), answer: () => {} })
  for (const byte of encodeDocument(document, profile, () => null)) decoder.push(byte)
  decoder.abandon()
  return found
}
const lines = (found: readonly PaperItem[]): string[] =>
  found.flatMap((one) => (one.kind === 'line' ? [one.runs.map(({ text }) => text).join('')] : []))
const squeezed = (found: readonly PaperItem[]): string => lines(found).join('\n').replace(/ +/g, ' ')

describe('the paper of a count', () => {
  it.each([
    ['en', '58'],
    ['en', '80'],
    ['sw', '58'],
    ['sw', '80'],
  ] as const)('in %s on %s mm holds every figure within its width', (language, paper) => {
    const found = printed(language, paper)
    const { columns } = profileOf(paper)
    for (const one of found)
      if (one.kind === 'line')
        expect(one.runs.reduce((sum, { text, width }) => sum + text.length * width, 0)).toBe(columns)
    const text = squeezed(found)
    for (const figure of ['995,000', '1,000,000', '-TZS 5,000', '2,500,000', '50,000', '60,000', '15,000'])
      expect(text).toContain(figure)
    for (const word of ['Duka la Asha', '17', 'K1', 'Neema', '42', 'SKL4ABCDEF', '+255754123456', 'bandia'])
      expect(text).toContain(word)
    expect(text).toContain(language === 'en' ? 'NOT CERTAIN YET' : 'BADO HAIJULIKANI')
    expect(found.at(-1)?.kind).toBe('cut')
  })

  it.each([
    [
      'en',
      [
        'CASH-UP 17',
        'Till',
        'Counted',
        'Expected',
        'Difference',
        'Float at start',
        'Left in drawer',
        'Payment',
        'Paid twice',
        'Signed',
      ],
    ],
    [
      'sw',
      [
        'KUFUNGA HESABU 17',
        'Kaunta',
        'Imehesabiwa',
        'Ilitarajiwa',
        'Tofauti',
        'Fedha za kuanzia',
        'Zimebaki droo',
        'Malipo',
        'Imelipwa mara mbili',
        'Sahihi',
      ],
    ],
  ] as const)('speaks %s', (language, words) => {
    const text = squeezed(printed(language, '80'))
    for (const word of words) expect(text).toContain(word)
  })

  it('tells time in the shop’s zone', () => {
    expect(squeezed(printed('en', '80'))).toContain('21/11/2026, 20:05')
  })

  it('says that nothing is open, and leaves out what there is not', () => {
    const text = squeezed(printed('en', '80', { openItems: [], note: '', staffName: null }))
    expect(text).toContain('None')
    expect(text).not.toMatch(/Neema|bandia/)
  })

  it('says when it is practice', () => {
    expect(squeezed(printed('en', '58', {}, true))).toContain('PRACTICE')
    expect(squeezed(printed('en', '58'))).not.toContain('PRACTICE')
  })
})
