import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { chromium } from '@playwright/test'
import config from '../../../playwright.config.ts'
import { expect, test } from '../fixtures.ts'
import { letBrowserIn } from '../let-in.ts'

/** Ways in which a page that was tampered with would load or run something, and the directive that stops each. */
const tamperings = {
  'inline script': 'require-trusted-types-for',
  eval: 'require-trusted-types-for',
  'script of another host': 'script-src-elem',
  'inline style': 'style-src-elem',
  'call to another host': 'connect-src',
  'picture of another host': 'img-src',
  'frame of another host': 'frame-src',
  'form to another host': 'form-action',
} as const

test('the policy of the page refuses what a tampered page would do, and the suite hears of it', async ({
  counter,
  page,
  violations,
}) => {
  await counter.isOpen()
  await page.evaluate(async () => {
    // What runs inside the debugger's own turn is exempt from the policy; what comes later is not.
    await new Promise((resolve) => setTimeout(resolve, 50))
    const elsewhere = 'http://127.0.0.1:9/x'
    const attempt = (act: () => void) => {
      try {
        act()
      } catch {
        // Refused at once; the report tells by which directive.
      }
    }
    const add = <K extends keyof HTMLElementTagNameMap>(
      name: K,
      fill: (element: HTMLElementTagNameMap[K]) => void,
    ) =>
      attempt(() => {
        const element = document.createElement(name)
        fill(element)
        document.body.append(element)
      })
    add('script', (script) => {
      script.textContent = 'window.pwned = true'
    })
    add('style', (style) => {
      style.textContent = 'body { display: none }'
    })
    add('img', (image) => {
      image.src = elsewhere
    })
    add('iframe', (frame) => {
      frame.src = elsewhere
    })
    attempt(() => void Reflect.apply(Reflect.get(window, 'eval'), window, ['window.pwned = true']))
    attempt(() => void import(elsewhere).catch(() => undefined))
    await fetch(elsewhere).catch(() => undefined)
    add('form', (form) => {
      form.action = elsewhere
      form.method = 'post'
      document.body.append(form)
      form.submit()
    })
  })
  const heard = () => violations.map((violation) => violation.split(' ')[0] ?? '')
  await expect.poll(() => heard().toSorted()).toEqual(Object.values(tamperings).toSorted())
  expect(await page.evaluate(() => Reflect.get(window, 'pwned'))).toBeUndefined()
  expect(new URL(page.url()).pathname).toBe('/')
  // These were ours: the suite's own count must not take them for the page's.
  violations.splice(0)
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
  await letBrowserIn(context, server.origin, control)
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
  const submitted = page.evaluate((origin) => {
    const form = document.createElement('form')
    form.method = 'POST'
    form.action = `${origin}/api/v1/sales`
    document.body.append(form)
    form.submit()
  }, server.origin)
  // The page may be gone before it can say that it ran; what the shop answered tells.
  await submitted.catch(() => undefined)
  expect((await posted).status()).toBe(403)
  await browser.close()
  stranger.close()
})

test('the browser of the tests leaves off all that Playwright’s own leaves off', async () => {
  const { launchOptions } = config.use ?? {}
  const featuresOff = (args: readonly string[]) =>
    args
      .filter((one) => one.startsWith('--disable-features='))
      .map((one) => one.replace(/^.*=/, '').split(','))
  const running = await chromium.launchServer(launchOptions ?? {})
  const [playwrights, ours] = featuresOff(running.process().spawnargs)
  await running.close()
  expect(playwrights?.length).toBeGreaterThan(0)
  expect(ours).toEqual(expect.arrayContaining(playwrights ?? []))
})
