import { describe, expect, it } from 'vitest'
import { modelSchema } from '../../../src-preload/contract/printer-models.ts'
import { receiptDocument } from '../documents/receipt-document.ts'
import { sampleReceipt } from '../documents/sample-sale.ts'
import { encodeDocument } from './encode.ts'
import { printerModels } from './models.ts'

describe('printerModels', () => {
  it('are what the contract says, each once, the usual printers first', () => {
    expect(printerModels.map((model) => modelSchema.parse(model))).toEqual(printerModels)
    const ids = printerModels.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.slice(0, 2)).toEqual(['generic-80', 'generic-58'])
  })

  it.each(printerModels)('$maker $name has room for its columns and can be printed on', ({ profile }) => {
    // Font A is 12 dots wide.
    expect(profile.dots).toBeGreaterThanOrEqual(profile.columns * 12)
    expect(profile.paper).toBe(profile.dots > 400 ? '80' : '58')
    const document = receiptDocument({ ...sampleReceipt, paper: profile.paper })
    expect(
      encodeDocument(document, { ...profile, drawer: false, drawerPin: 2 }, () => null).length,
    ).toBeGreaterThan(1_000)
  })

  it.each([
    ['Epson', 'processId'],
    ['Star', 'starAsb'],
    ['Generic', 'paperQuery'],
  ])('those of %s confirm by %s', (maker, confirms) => {
    const models = printerModels.filter((model) => model.maker === maker)
    expect(models.length).toBeGreaterThan(1)
    expect(models.map(({ profile }) => profile.confirms)).toEqual(models.map(() => confirms))
  })
})
