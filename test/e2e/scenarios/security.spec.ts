import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { chromium } from '@playwright/test'
import config from '../../../playwright.config.ts'
import { expect, test } from '../fixtures.ts'

test('the policy of the page refuses inline script, eval and a call to another host', async ({
  counter,
  page,
  violations,
}) => {
  const heard = await page.evaluate(async () => {
    // What runs inside the debugger's own turn is exempt from the policy; what comes later is not.
    await new Promise((resolve) => setTimeout(resolve, 50))
    const seen: string[] = []
    document.addEventListener('securitypolicyviolation', (event) => seen.push(event.effectiveDirective))
    const script = document.createElement('script')
    const attempt = (act: () => void) => {
      try {
        act()
        return 'ran'
      } catch {
        return 'threw'
      }
    }
    const inline = attempt(() => {
      script.textContent = 'window.pwned = true'
      document.body.append(script)
    })
    const evaluated = attempt(
      () => void Reflect.apply(Reflect.get(window, 'eval'), window, ['window.pwned = true']),
    )
    const remote = await fetch('http://127.0.0.1:9/').then(
      () => 'answered',
      () => 'refused',
    )
    await new Promise((resolve) => setTimeout(resolve, 100))
    return { seen, inline, evaluated, remote, pwned: Reflect.get(window, 'pwned') }
  })
  expect(heard.pwned).toBeUndefined()
  expect(heard.evaluated).toBe('threw')
  expect(heard.remote).toBe('refused')
  expect(new Set(heard.seen)).toEqual(new Set([...heard.seen, 'connect-src']))
  expect(counter).toBeDefined()
  // These were ours: the suite's own count must not take them for the page's.
  violations.splice(0)
  test.info().annotations.push({ type: 'policy', description: heard.seen.join(', ') })
})

test('a foreign page and a rebound name reach nothing', async ({ server, control }) => {
  const stranger = createServer((_request, response) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>evil</h1>'),
  )
  await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve))
  const address: AddressInfo | string | null = stranger.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const { launchOptions } = config.use ?? {}
  const browser = await chromium.launch({
    ...launchOptions,
    args: [...(launchOptions?.args ?? []), '--host-resolver-rules=MAP evil.test 127.0.0.1'],
  })
  const context = await browser.newContext()
  const [name = '', value = ''] = control.cookie.split('=')
  await context.addCookies([{ name, value, url: server.origin, httpOnly: true, sameSite: 'Strict' }])
  const page = await context.newPage()
  await page.goto(`http://evil.test:${port}/`)
  const tried = await page.evaluate(
    async ({ origin, rebound, apiKey }) => {
      const read = (url: string, init?: RequestInit) =>
        fetch(url, init).then(
          async (reply) => `${reply.status} ${(await reply.text()).slice(0, 40)}`,
          () => 'unreadable',
        )
      const socket = (url: string) =>
        new Promise<string>((resolve) => {
          const one = new WebSocket(url)
          one.addEventListener('open', () => resolve('open'))
          one.addEventListener('error', () => resolve('refused'))
        })
      const image = (src: string) =>
        new Promise<string>((resolve) => {
          const one = new Image()
          one.addEventListener('load', () => resolve('loaded'))
          one.addEventListener('error', () => resolve('refused'))
          one.src = src
        })
      return {
        fetch: await read(`${origin}/`, { credentials: 'include' }),
        api: await read(`${origin}/api/v1/outbox`, { headers: { authorization: `Bearer ${apiKey}` } }),
        socket: await socket(`${origin.replace('http', 'ws')}/rpc`),
        image: await image(`${origin}/favicon.ico`),
        reboundSocket: await socket(`${rebound.replace('http', 'ws')}/rpc`),
      }
    },
    {
      origin: server.origin,
      rebound: server.origin.replace('127.0.0.1', 'evil.test'),
      apiKey: server.apiKey,
    },
  )
  expect(tried).toEqual({
    fetch: 'unreadable',
    api: 'unreadable',
    socket: 'refused',
    image: 'refused',
    reboundSocket: 'refused',
  })
  const navigated = await page.goto(server.origin.replace('127.0.0.1', 'evil.test'))
  expect(navigated?.status()).toBe(421)
  const posted = page.waitForResponse((reply) => reply.url().startsWith(server.origin))
  await page.goto(`http://evil.test:${port}/`)
  await page.evaluate((origin) => {
    const form = document.createElement('form')
    form.method = 'POST'
    form.action = `${origin}/api/v1/sales`
    document.body.append(form)
    form.submit()
  }, server.origin)
  expect((await posted).status()).toBe(403)
  await browser.close()
  stranger.close()
})
