import { expect, test } from '../fixtures.ts'

test('the shop’s WhatsApp is linked by a code, and a receipt is followed until it is read', async ({
  counter,
  practice,
  page,
  words,
  keys,
}) => {
  await keys.press('F9')
  const screen = page.getByRole('region', { name: words.t('whatsapp.title'), exact: true })
  await expect(screen.getByText(words.t('whatsapp.states.notAuthorized')).first()).toBeVisible()
  await expect(screen.getByText(words.t('whatsapp.todo.notAuthorized'))).toBeVisible()
  const code = screen.getByRole('img', { name: words.t('whatsapp.qrAlt') })
  await expect(code).toBeVisible()
  const first = await code.getAttribute('src')
  await page.screenshot({ path: 'artefacts/screens/whatsapp-code-sw-light-1366.png' })
  // The code is renewed before it dies.
  await expect.poll(() => code.getAttribute('src'), { timeout: 30_000 }).not.toBe(first)
  await practice.phone.getByRole('button', { name: words.t('practice.scan') }).click()
  await expect(screen.getByText(words.t('whatsapp.states.authorized')).first()).toBeVisible({
    timeout: 30_000,
  })
  await expect(screen.getByText(words.t('whatsapp.todo.authorized'))).toBeVisible()
  await page.screenshot({ path: 'artefacts/screens/whatsapp-linked-sw-light-1366.png' })

  await keys.press('Escape')
  await counter.ringUp()
  await counter.number.fill('0712345678')
  await keys.press('F2')
  await expect(counter.item(counter.status('delivered'), words.t('counter.smsReceipt'))).toBeVisible()
  await keys.press('F2')
  await expect(
    counter
      .item(words.t('counter.whatsappReceipt'))
      .filter({ hasText: new RegExp(`${counter.status('delivered')}|${counter.status('read')}`) }),
  ).toBeVisible({ timeout: 30_000 })
  await expect(practice.messages.filter({ hasText: words.t('practice.apps.whatsapp') })).toHaveCount(1)
})
