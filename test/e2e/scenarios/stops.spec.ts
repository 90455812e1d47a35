import { reasons } from '../../../src-preload/contract/reasons.ts'
import { expect, test } from '../fixtures.ts'

test('what a refused key stopped is told in red, with since when, how many wait and the way there; a good Test sets it going', async ({
  counter,
  words,
  keys,
  page,
  control,
}) => {
  const sms = (await control.client.accounts.list()).find(({ provider }) => provider === 'africas-talking')
  if (sms === undefined) throw new Error('practice mode has an account for SMS')
  await control.client.practice.setFaults({ providers: { 'africas-talking': 'wrongKey' } })
  await counter.ringUp('Sukari 3200')
  await counter.number.fill('0712345678')
  await keys.press('F2')
  const pill = counter.statusLine.getByRole('alert')
  await expect(pill).toContainText('SMS')
  await expect(pill).toContainText(words.t('stops.waiting_one', { count: 1 }))
  await expect(pill).toContainText(words.say(reasons.credentials))
  await expect(pill).toContainText(/\d{2}:\d{2}/)
  await counter.finish()
  await counter.ringUp('Mafuta 6600')
  await counter.number.fill('0712345678')
  await keys.press('F2')
  await expect(pill).toContainText(words.t('stops.waiting_other', { count: 2 }))

  await keys.press('F3')
  const stop = page.locator('.stops').getByRole('listitem')
  await expect(stop).toContainText(words.say(reasons.credentials))
  await expect(stop).toContainText(words.t('stops.waiting_other', { count: 2 }))
  await page.screenshot({ path: 'artefacts/screens/outbox-stopped-sw-light-1366.png' })
  await stop.getByRole('link', { name: words.t('stops.open') }).press('Enter')
  await expect(page).toHaveURL(new RegExp(`#/settings/accounts/${sms.id}$`))
  // A Test that is refused changes nothing.
  const settings = page.getByRole('region', { name: words.t('settings.title'), exact: true })
  const tryIt = settings.getByRole('button', { name: words.t('settings.accounts.test'), exact: true })
  await tryIt.press('Enter')
  await expect(settings.getByText(words.t('common.forSupport'))).toBeVisible()
  await expect(pill).toBeVisible()

  await control.client.practice.setFaults({ providers: {} })
  await tryIt.press('Enter')
  await expect(pill).toBeHidden()
  await expect
    .poll(async () => (await control.client.outbox.list({ filter: 'unsent', limit: 10 })).rows)
    .toEqual([])
})
