import { encode } from 'fast-png'
import { problems } from '../../../src-preload/contract/problems.ts'
import { changeShop, expect, test } from '../fixtures.ts'
import { seriousFindings } from '../look.ts'
import { ReceiptLayoutScreen } from '../pages/receipt-layout.ts'

/** A black disc on white, as a logo that a shop might have. */
function logoFile(): { name: string; mimeType: string; buffer: Buffer } {
  const side = 96
  const data = new Uint8Array(side * side * 3)
  for (let at = 0; at < side * side; at += 1) {
    const [x, y] = [(at % side) - side / 2, Math.floor(at / side) - side / 2]
    data.fill(Math.hypot(x, y) < side / 2 - 4 ? 0 : 255, at * 3, at * 3 + 3)
  }
  const png = encode({ width: side, height: side, data, channels: 3 })
  return { name: 'nembo.png', mimeType: 'image/png', buffer: Buffer.from(png) }
}

test('what is changed stands on the paper beside it at once, and on the next receipt in both languages', async ({
  counter,
  practice,
  keys,
  page,
  words,
  control,
}) => {
  await counter.isOpen()
  const screen = new ReceiptLayoutScreen(page, words)
  await screen.open()
  await expect(screen.preview).toContainText(/Keshia\s+Neema/)
  await screen.file.setInputFiles(logoFile())
  await expect(screen.pane.getByText(words.t('settings.receipt.logoTaken'))).toBeVisible()
  await expect(screen.preview.getByRole('img', { name: words.t('paper.image') })).toBeVisible()
  await screen.text('header', 'sw').fill('Duka bora\nmtaani kwetu')
  await screen.text('header', 'en').fill('Best in town')
  await screen.text('footer', 'sw').fill('Usisahau mfuko')
  await screen.text('footer', 'en').fill('Mind your bag')
  // The end of the paper that is worked on stays in sight.
  await expect(screen.preview.getByText('Usisahau mfuko')).toBeInViewport()
  await screen.field('cashier').uncheck()
  await expect(screen.preview).toContainText('mtaani kwetu')
  await expect(screen.preview).toContainText('Usisahau mfuko')
  await expect(screen.preview).not.toContainText(/Keshia\s+Neema/)
  await expect(screen.unsaved).toBeVisible()
  await page.screenshot({ path: 'artefacts/screens/receipt-layout-sw-light-1366.png' })
  expect((await control.client.receiptLayout.get()).layout.header.sw).toBe('')

  expect(await screen.widestLine()).toBe(48)
  await screen.show(words.t('settings.printers.fields.papers.58'))
  await expect.poll(() => screen.widestLine()).toBe(32)
  await screen.show(words.t('language.en'))
  await expect(screen.preview).toContainText('Best in town')
  await expect(screen.preview).toContainText('Mind your bag')
  await page.screenshot({ path: 'artefacts/screens/receipt-layout-58-en-preview-1366.png' })

  await keys.press('Control+Enter')
  await expect(screen.pane.getByText(`✓ ${words.t('common.saved')}`, { exact: true })).toBeVisible()
  await expect(screen.unsaved).toBeHidden()
  await page.getByRole('link', { name: words.rail('counter') }).click()
  await counter.ringUp('Sukari 2 x 3200')
  await keys.press('F8')
  await expect(counter.item(counter.status('printed'))).toBeVisible()
  for (const text of ['Duka bora', 'mtaani kwetu', 'Usisahau mfuko', 'Sukari'])
    await expect(practice.paper).toContainText(text)
  await expect(practice.paper.getByRole('img', { name: words.t('paper.image') })).toBeVisible()
  await expect(practice.paper).not.toContainText('Asha')
  await page.screenshot({ path: 'artefacts/screens/receipt-with-logo-sw-light-1366.png' })

  await counter.finish()
  await changeShop(control, { language: 'en' })
  await expect(page.getByRole('link', { name: 'Counter' })).toBeVisible()
  await counter.entry
    .or(page.getByRole('textbox', { name: 'Item' }))
    .first()
    .focus()
  await keys.type('Chai 450')
  await keys.press('Enter', 'F8')
  await expect(practice.paper).toContainText('Best in town')
  await expect(practice.paper).toContainText('Mind your bag')
})

test('a file that is no logo is refused in words; a logo goes as it came', async ({
  counter,
  page,
  words,
  control,
}) => {
  await counter.isOpen()
  const screen = new ReceiptLayoutScreen(page, words)
  await screen.open()
  await screen.file.setInputFiles({ name: 'nembo.txt', mimeType: 'text/plain', buffer: Buffer.from('x') })
  await expect(screen.pane.getByText(words.t('settings.receipt.logoKind'))).toBeVisible()
  await screen.file.setInputFiles({
    name: 'nembo.png',
    mimeType: 'image/png',
    buffer: Buffer.alloc(2_400_000),
  })
  await expect(screen.pane.getByText(words.t('settings.receipt.logoBig', { size: '2.4' }))).toBeVisible()
  await screen.file.setInputFiles({ name: 'nembo.png', mimeType: 'image/png', buffer: Buffer.from('no PNG') })
  const [refusal = ''] = words.say(problems.LOGO_UNREADABLE).split(',')
  await expect(screen.pane.getByRole('alert')).toContainText(refusal)
  expect((await control.client.receiptLayout.get()).hasLogo).toBe(false)
  await page.screenshot({ path: 'artefacts/screens/receipt-logo-refused-sw-light-1366.png' })
  await screen.dropLogo(logoFile().buffer)
  await expect(screen.preview.getByRole('img', { name: words.t('paper.image') })).toBeVisible()
  await screen.button('logoRemove').click()
  await expect(screen.pane.getByText(words.t('settings.receipt.logoRemoved'))).toBeVisible()
  await expect(screen.preview.getByRole('img', { name: words.t('paper.image') })).toBeHidden()
  expect((await control.client.receiptLayout.get()).hasLogo).toBe(false)
})

test('what was not saved is told, waits while the screen is left, and can be undone', async ({
  counter,
  keys,
  page,
  words,
  control,
}) => {
  await counter.isOpen()
  const screen = new ReceiptLayoutScreen(page, words)
  await screen.open()
  await screen.text('footer', 'sw').fill('Karibu kesho')
  await expect(screen.unsaved).toBeVisible()
  await keys.press('Escape')
  await expect(counter.number).toBeVisible()
  await screen.open()
  await expect(screen.text('footer', 'sw')).toHaveValue('Karibu kesho')
  await expect(screen.unsaved).toBeVisible()
  await expect(screen.preview).toContainText('Karibu kesho')
  await screen.button('undo').click()
  await expect(screen.unsaved).toBeHidden()
  await expect(screen.preview).not.toContainText('Karibu kesho')
  expect((await control.client.receiptLayout.get()).layout.footer.sw).toBe('')
})

test('the rate of VAT is typed as a percentage or taken from the usual ones, and stands on the paper', async ({
  counter,
  page,
  words,
  control,
}) => {
  await counter.isOpen()
  await page.goto(`${new URL(page.url()).origin}/#/settings/shop`)
  const pane = page.getByRole('region', { name: words.t('settings.title'), exact: true })
  const rate = pane.getByLabel(words.t('settings.shop.taxRate'))
  const save = pane.getByRole('button', { name: words.t('common.save') })
  await pane.getByRole('button', { name: '18%' }).click()
  await expect(rate).toHaveValue('18')
  await save.click()
  await expect(pane.getByText(words.t('common.saved'))).toBeVisible()
  expect((await control.client.settings.get()).taxRateBp).toBe(1800)
  await rate.fill('mengi')
  await save.click()
  await expect(rate).toBeFocused()
  await rate.fill('16,5')
  await save.click()
  await expect.poll(async () => (await control.client.settings.get()).taxRateBp).toBe(1650)
})

for (const [language, theme] of [
  ['sw', 'dark'],
  ['en', 'light'],
] as const) {
  test.describe(`${language}, ${theme}`, () => {
    test.use({ language, theme })

    test('the editor and its paper have no serious finding of axe', async ({ counter, page, words }) => {
      await counter.isOpen()
      const screen = new ReceiptLayoutScreen(page, words)
      await screen.open()
      await screen.file.setInputFiles(logoFile())
      await expect(screen.preview.getByRole('img', { name: words.t('paper.image') })).toBeVisible()
      await page.screenshot({ path: `artefacts/screens/receipt-layout-${language}-${theme}-1366.png` })
      expect(await seriousFindings(page)).toEqual([])
    })
  })
}

test('a name in letters that no printer has comes out as a picture of it', async ({
  counter,
  practice,
  keys,
}) => {
  await counter.isOpen()
  await practice.open()
  await counter.ringUp('سكر أبيض 2 x 3200')
  await keys.press('F8')
  await expect(counter.item(counter.status('printed'))).toBeVisible()
  await expect(practice.paper.locator('.paper-picture img')).toHaveCount(1)
  await expect(practice.paper).toContainText('6,400')
  await expect(practice.paper).not.toContainText('?')
})
