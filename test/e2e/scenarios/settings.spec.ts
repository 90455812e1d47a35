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
    socket.on('framereceived', ({ payload }) => void frames.push(payload.toString())),
  )
  await page.goto(`${new URL(page.url()).origin}/#/settings/accounts`)
  await page.reload()
  const settings = page.getByRole('region', { name: words.t('settings.title'), exact: true })
  const open = () => settings.getByRole('button', { name: /^Africa.s Talking/ }).click()
  const test = settings.getByRole('button', { name: words.t('settings.accounts.test'), exact: true })
  await open()
  const [declared] = (await control.client.providers.list()).filter(({ id }) => id === 'africas-talking')
  for (const field of [...(declared?.settings ?? []), ...(declared?.secrets ?? [])])
    await expect(settings.getByLabel(words.say(field.label)).first()).toBeVisible()
  await test.click()
  await expect(settings.getByText(/KES \d/)).toBeInViewport()
  await page.screenshot({ path: 'artefacts/screens/settings-account-sw-light-1366.png' })

  const canary = 'canary-4711-never-to-be-seen'
  const secret = settings.getByLabel(/API key/).first()
  await secret.fill(canary)
  await secret.press('Enter')
  await expect(settings.getByText(words.t('common.saved'))).toBeVisible()
  await expect(secret).toHaveValue('')
  await expect(settings.getByText(words.t('settings.accounts.secretSet')).first()).toBeVisible()
  await page.reload()
  await open()
  await test.click()
  await expect(settings.getByRole('status').filter({ hasText: '✕' })).toBeInViewport()
  await page.screenshot({ path: 'artefacts/screens/settings-wrong-key-sw-light-1366.png' })
  expect(await page.content()).not.toContain(canary)
  expect(frames.length).toBeGreaterThan(3)
  expect(frames.join()).toContain('Mama Neema Duka')
  expect(frames.join()).not.toContain(canary)
})

test('a new account asks for what it lacks, and one more is used after that', async ({
  counter,
  page,
  words,
  control,
}) => {
  await counter.page.goto(`${new URL(page.url()).origin}/#/settings/accounts`)
  const settings = page.getByRole('region', { name: words.t('settings.title'), exact: true })
  await settings
    .getByRole('button', {
      name: words.t('settings.accounts.add', { provider: 'M-Pesa (Safaricom, Kenya)' }),
    })
    .press('Enter')
  const before = (await control.client.accounts.list()).length
  const save = settings.getByRole('button', { name: words.t('common.save') })
  await save.click()
  // The browser itself leads to the first empty field that is required.
  await expect(settings.locator('input:invalid').first()).toBeFocused()
  expect(await control.client.accounts.list()).toHaveLength(before)
  const [declared] = (await control.client.providers.list()).filter(({ id }) => id === 'mpesa-kenya')
  for (const field of [...(declared?.settings ?? []), ...(declared?.secrets ?? [])]) {
    const input = settings.getByLabel(words.say(field.label)).first()
    if (field.kind === 'choice') await input.selectOption({ index: 1 })
    else await input.fill(field.example === '' ? 'siri-ya-mfano' : field.example)
  }
  await save.click()
  await expect(settings.getByText(words.t('settings.accounts.secretSet'))).toHaveCount(
    declared?.secrets.length ?? 0,
  )
  expect(await control.client.accounts.list()).toHaveLength(before + 1)
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
