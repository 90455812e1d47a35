import type { Control } from '../control.ts'
import { expect, test } from '../fixtures.ts'
import { look } from '../look.ts'
import { gallery } from '../words.ts'

test.use({ timeScale: 8 })

/** The practice printer stands in for one that nobody reaches. */
async function standIn({ client }: Control): Promise<void> {
  const [first] = await client.printers.list()
  if (first === undefined) throw new Error('practice mode brings a printer')
  const { id, ...printer } = first
  const dead = { kind: 'network', host: '127.0.0.1', port: 9 } as const
  await client.printers.save({ id, printer: { ...printer, name: 'Jikoni' } })
  await client.printers.save({
    printer: { ...printer, name: 'Mlangoni', connection: dead, fallbackId: id, drawer: false },
  })
}

for (const [language, theme] of gallery) {
  test.describe(`${language}, ${theme}`, () => {
    test.use({ language, theme })

    test('cash, discounts and every word about the printer fit, and can be read', async ({
      counter,
      practice,
      control,
      page,
      words,
      keys,
    }) => {
      test.setTimeout(240_000)
      const findings: string[] = []
      const see = async (name: string) => {
        findings.push(...(await look(page, `${name}-${language}-${theme}`)))
      }
      await counter.ringUp('Sukari 2 x 3200 -500', 'Mafuta ya kupikia ya alizeti 12 x 128,000 -2.5%')
      await keys.press('Alt+c')
      await keys.type('1000')
      await see('cash-short')
      await keys.press('Control+a')
      await keys.type('1,510,000')
      await see('cash-enough')
      // With cash counted F8 would finish the sale; here its paper is to stay on the counter.
      await keys.press('Escape')
      await practice.choose('printer', 'breaksOff')
      await keys.press('F8')
      await expect(counter.item(counter.status('paperUnsure'))).toBeVisible({ timeout: 45_000 })
      await see('paper-unsure')
      await control.printerBecomes('cutterError')
      await expect(counter.printerState).toContainText(counter.printer('knifeStuck'))
      await see('knife-stuck')
      await control.printerBecomes('paperLow')
      await expect(counter.printerState).toContainText(counter.printer('paperLow'))
      await counter.finish()
      await expect(counter.paperQuestion).toBeVisible()
      await see('paper-question')
      await keys.press('F3')
      const outbox = page.getByRole('region', { name: words.t('outbox.title'), exact: true })
      await outbox.getByRole('listitem').first().click()
      await expect(outbox.getByRole('button', { name: words.t('counter.paperNo') })).toBeVisible()
      await see('outbox-paper')
      await keys.press('Escape')
      await counter.openSale((await control.client.sales.list({ limit: 1 })).rows[0]?.id ?? '')
      await counter.button('counter.paperNo').click()
      await expect(counter.item(counter.status('printed'))).toBeVisible()
      await see('paper-copy')
      await standIn(control)
      await keys.press('Escape')
      await counter.typeItems('Mkate 1500')
      await expect(counter.printerState).toContainText(counter.printer('silent'))
      await see('stand-in')
      await keys.press('ArrowUp', 'Enter')
      const field = counter.screen.getByRole('textbox', { name: words.t('counter.discount'), exact: true })
      await field.fill('150%')
      await field.press('Enter')
      await see('discount-edit')
      expect(findings).toEqual([])
    })
  })
}
