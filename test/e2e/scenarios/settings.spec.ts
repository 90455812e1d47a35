import { expect, test } from '../fixtures.ts'

test('the language and the look change at once', async ({ counter, page, words }) => {
  await counter.page.goto(`${new URL(page.url()).origin}/#/settings/shop`)
  const settings = page.getByRole('region', { name: words.t('settings.title'), exact: true })
  await settings.getByLabel(words.t('settings.shop.language')).selectOption('en')
  await settings.getByLabel(words.t('settings.shop.theme')).selectOption('dark')
  await settings.getByRole('button', { name: words.t('common.save') }).click()
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark')
  await page.screenshot({ path: 'artefacts/screens/settings-shop-en-dark-1366.png' })
})

test('an account’s form is made from its provider; its secret is never shown again; Test makes a real call', async ({
  counter,
  page,
  words,
  control,
}) => {
  await counter.isOpen()
  const frames: string[] = []
  page.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) => void frames.push(String(payload))),
  )
  await page.goto(`${new URL(page.url()).origin}/#/settings/accounts`)
  await page.reload()
  const settings = page.getByRole('region', { name: words.t('settings.title'), exact: true })
  await settings
    .getByRole('button', { name: /Africa.s Talking/ })
    .first()
    .click()
  await expect(settings.getByText(words.t('settings.accounts.secretSet')).first()).toBeVisible()
  await settings.getByRole('button', { name: words.t('settings.accounts.test'), exact: true }).click()
  await expect(settings.getByText(/KES \d/)).toBeVisible()
  await page.screenshot({ path: 'artefacts/screens/settings-account-sw-light-1366.png' })

  const account = (await control.client.accounts.list()).find(
    ({ provider }) => provider === 'africas-talking',
  )
  if (account === undefined) throw new Error('practice mode brings the account')
  const { secretsSet: _set, hold: _hold, ...rest } = account
  const canary = 'canary-4711-never-to-be-seen'
  await control.client.accounts.save({ ...rest, secrets: { apiKey: canary } })
  await page.reload()
  await settings
    .getByRole('button', { name: /Africa.s Talking/ })
    .first()
    .click()
  await settings.getByRole('button', { name: words.t('settings.accounts.test'), exact: true }).click()
  await expect(
    settings
      .getByRole('alert')
      .or(settings.getByText(/imejibu/))
      .first(),
  ).toBeVisible()
  expect(await page.content()).not.toContain(canary)
  expect(frames.length).toBeGreaterThan(3)
  expect(frames.join()).not.toContain(canary)
})

test('an API key is shown once, works, and is refused once revoked', async ({
  counter,
  page,
  words,
  server,
}) => {
  await counter.page.goto(`${new URL(page.url()).origin}/#/settings/apiKeys`)
  const settings = page.getByRole('region', { name: words.t('settings.title'), exact: true })
  await settings.getByLabel(words.t('settings.apiKeys.label')).fill('POS ya duka')
  for (const scope of ['sales', 'outbox'])
    await settings.getByLabel(words.t(`settings.apiKeys.scopeNames.${scope}`), { exact: true }).check()
  await settings.getByRole('button', { name: words.t('settings.apiKeys.create') }).click()
  const key = /kaunta_[\w-]{43}/.exec(
    (await settings.getByRole('region', { name: words.t('settings.apiKeys.created') }).innerText()) || '',
  )?.[0]
  const ask = () => fetch(`${server.apiUrl}/outbox`, { headers: { authorization: `Bearer ${key}` } })
  expect((await ask()).status).toBe(200)
  await page.screenshot({ path: 'artefacts/screens/settings-api-key-sw-light-1366.png' })
  await page.reload()
  await expect(settings.getByText('POS ya duka')).toBeVisible()
  expect(await page.content()).not.toContain(key ?? 'no key was shown')
  await settings
    .getByRole('listitem')
    .filter({ hasText: 'POS ya duka' })
    .getByRole('button', { name: words.t('settings.apiKeys.revoke') })
    .click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: words.t('settings.apiKeys.revoke') })
    .click()
  await expect.poll(async () => (await ask()).status).toBe(401)
})

test('a printer address that answers nothing is said so, and is no loss', async ({
  counter,
  page,
  words,
  control,
}) => {
  const printer = await control.client.printers.get()
  if (printer === null) throw new Error('practice mode brings a printer')
  const { id: _id, ...rest } = printer
  await control.client.printers.save({ ...rest, host: '127.0.0.1', port: 9 })
  await counter.page.goto(`${new URL(page.url()).origin}/#/settings/printer`)
  const settings = page.getByRole('region', { name: words.t('settings.title'), exact: true })
  await settings.getByRole('button', { name: words.t('settings.printer.check') }).click()
  await expect(settings.getByText(words.t('settings.printer.notReady'))).toBeVisible()
  await page.screenshot({ path: 'artefacts/screens/settings-printer-sw-light-1366.png' })
})

test('a receipt text with an unknown variable is refused and names the known ones', async ({
  counter,
  page,
  words,
}) => {
  await counter.page.goto(`${new URL(page.url()).origin}/#/settings/templates`)
  const settings = page.getByRole('region', { name: words.t('settings.title'), exact: true })
  await settings.getByLabel(words.t('settings.templates.text'), { exact: true }).fill('Habari {{jina}}')
  await settings.getByRole('button', { name: words.t('common.save') }).click()
  await expect(settings.getByText(/Hakuna kigezo kiitwacho jina/).first()).toBeVisible()
  await page.screenshot({ path: 'artefacts/screens/settings-template-sw-light-1366.png' })
})
