import { expect, test } from '../fixtures.ts'

test('F8 prints what was sold, F8 again a copy that says so', async ({
  counter,
  practice,
  keys,
  page,
  words,
}) => {
  await counter.ringUp('Sukari 2 x 3200', 'Mafuta ya kupikia ya alizeti lita moja 6600')
  await keys.press('F8')
  await expect(counter.item(counter.status('printed'), words.t('counter.printReceipt'))).toBeVisible()
  for (const text of ['Mama Neema Duka', '000001', 'Sukari', '13,000', 'MAZOEZI']) {
    await expect(practice.paper).toContainText(text)
  }
  await expect(practice.paper.getByRole('img').first()).toBeVisible()
  await page.screenshot({ path: 'artefacts/screens/paper-sw-light-1366.png' })
  await counter.finish()
  keys.startCounting()
  await keys.press('F8')
  expect(keys.note('reprint')).toBe(1)
  await expect(practice.paper).toContainText('NAKALA')
})

test.describe('in English on 58 mm', () => {
  test.use({ language: 'en' })

  test('the paper keeps its columns', async ({ counter, practice, control, page }) => {
    const printer = await control.client.printers.get()
    if (printer === null) throw new Error('practice mode brings a printer')
    const { id: _id, ...settings } = printer
    await control.client.printers.save({ ...settings, paper: '58' })
    await counter.ringUp('Sukari 2 x 3200')
    await counter.keys.press('F8')
    await expect(counter.item(counter.status('printed'))).toBeVisible()
    await expect(practice.paper).toContainText('not a fiscal receipt')
    const widest = await practice.paper
      .locator('.paper-line')
      .evaluateAll((lines) => Math.max(...lines.map((line) => line.textContent.trimEnd().length)))
    expect(widest).toBeLessThanOrEqual(32)
    await counter.keys.press('F8')
    await expect(practice.paper).toContainText('COPY')
    await page.screenshot({ path: 'artefacts/screens/paper-58-en-light-1366.png' })
  })
})

test('without paper the job waits and says so; with paper it prints by itself', async ({
  counter,
  practice,
  words,
  page,
}) => {
  await practice.choose('printer', 'noPaper')
  await counter.ringUp()
  await counter.target('print').click()
  await expect(counter.item(counter.status('noPaper'))).toBeVisible()
  await page.screenshot({ path: 'artefacts/screens/no-paper-sw-light-1366.png' })
  await practice.choose('printer', 'ready')
  await expect(counter.item(counter.status('printed'))).toBeVisible()
  await expect(practice.paper.getByText(words.t('practice.cut'))).toHaveCount(1)
})

for (const came of [true, false]) {
  test(`a silent printer: a person is asked, and answers ${came ? 'yes' : 'no'}`, async ({
    counter,
    practice,
    words,
    page,
  }) => {
    await practice.choose('printer', 'silent')
    await counter.ringUp()
    await counter.keys.press('F8')
    await expect(counter.item(counter.status('paperUnsure'))).toBeVisible({ timeout: 45_000 })
    await page.screenshot({ path: `artefacts/screens/paper-unsure-${came}-sw-light-1366.png` })
    await practice.choose('printer', 'ready')
    await counter.button(came ? 'counter.paperYes' : 'counter.paperNo').click()
    await expect(counter.item(counter.status('printed'))).toBeVisible()
    await expect(practice.paper.getByText(words.t('practice.cut'))).toHaveCount(came ? 1 : 2)
    if (!came) await expect(practice.paper).toContainText('NAKALA')
  })
}
