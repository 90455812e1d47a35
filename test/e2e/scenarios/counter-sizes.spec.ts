import type { Page } from '@playwright/test'
import { expect, test } from '../fixtures.ts'
import { languages } from '../words.ts'

/** What a till's screen may be, and the same at a zoom of 200 %, which halves it. */
const sizes = [
  [1024, 600],
  [1024, 768],
  [1280, 720],
  [1366, 768],
  [1920, 1080],
  [683, 384],
  [640, 360],
  [512, 300],
] as const

const longest = 'Jengo 9999999000.99'

/** Why the total cannot be read whole, or null. */
function cut(page: Page): Promise<string | null> {
  return page.evaluate(() => {
    const total = document.querySelector('[data-testid="sale-total"]')
    const sum = total?.closest('.sale-sum')
    if (!(total instanceof HTMLElement) || !(sum instanceof HTMLElement)) return 'no total'
    const words = document.createRange()
    words.selectNodeContents(total)
    const drawn = words.getBoundingClientRect()
    const place = sum.getBoundingClientRect()
    const y = drawn.top + drawn.height / 2
    const over = [drawn.left + 2, drawn.left + drawn.width / 2, drawn.right - 2].map((x) =>
      document.elementFromPoint(x, y),
    )
    const { scrollWidth, clientWidth } = document.documentElement
    const faults = {
      'beyond its place': drawn.right > place.right + 0.5,
      'beyond the side': drawn.left < 0 || drawn.right > window.innerWidth,
      'above or below the screen': drawn.top < 0 || drawn.bottom > window.innerHeight,
      'something lies over it': over.some((one) => one !== null && !total.contains(one)),
      'the page scrolls sideways': scrollWidth > clientWidth,
    }
    return Object.entries(faults).find(([, holds]) => holds)?.[0] ?? null
  })
}

for (const language of languages) {
  test.describe(`in ${language}`, () => {
    test.use({ language })

    test('the longest total is whole and in view at every size, also while money is asked', async ({
      counter,
      keys,
      page,
    }) => {
      await counter.typeItems(longest, ...Array.from({ length: 8 }, (_, n) => `Bidhaa ${n + 1}a 1`))
      await expect(counter.total).toContainText('9,999,999,008.99')
      await expect(counter.line('Bidhaa 8a')).toBeInViewport()
      // What the sale cannot hold is refused in words, and the total stays.
      await keys.type('Simu 10 x 712345678')
      await keys.press('Enter')
      await expect(counter.screen.getByText(counter.words.t('counter.itemSaleTooLarge'))).toBeVisible()
      await counter.entry.fill('')
      for (const opens of [null, 'F4', 'F7', 'Alt+b'] as const) {
        if (opens !== null) await keys.press(opens)
        for (const [width, height] of sizes) {
          await page.setViewportSize({ width, height })
          await expect.poll(() => cut(page), { message: `${opens} at ${width}x${height}` }).toBeNull()
          await expect(counter.state).toBeInViewport()
        }
        if (opens !== null) await keys.press('Escape')
      }
    })
  })
}

/** Words that end beyond the box that cuts them, or under what stands beside them. */
function cutWords(page: Page, selector: string, within: string): Promise<string[]> {
  return page.evaluate(
    ([selected, box]) =>
      [...document.querySelectorAll(selected)].flatMap((one) => {
        const words = document.createRange()
        words.selectNodeContents(one)
        const drawn = words.getBoundingClientRect()
        const place = one.closest(box)?.getBoundingClientRect()
        const whole = place !== undefined && drawn.right <= place.right + 0.5 && drawn.left >= place.left
        return whole ? [] : [one.textContent]
      }),
    [selector, within] as const,
  )
}

test('the change is whole at every size, however long: half of it would be another amount', async ({
  counter,
  keys,
  page,
}) => {
  await counter.typeItems('Jengo 7654321000.01')
  await keys.press('Alt+c')
  await keys.type('9999999999.99')
  await expect(counter.cash).toContainText('2,345,678,999.98')
  for (const [width, height] of sizes) {
    await page.setViewportSize({ width, height })
    const faults = () => cutWords(page, '.cash-change', '.cash-row')
    await expect.poll(faults, { message: `${width}x${height}` }).toEqual([])
  }
})

test('how many items there are is whole beside what waits from the POS', async ({
  counter,
  server,
  page,
}) => {
  for (const number of ['1', '2']) {
    const reply = await fetch(`${server.apiUrl}/sales`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${server.apiKey}`,
        'content-type': 'application/json',
        'idempotency-key': number,
      },
      body: JSON.stringify({
        number,
        lines: [{ name: 'Mchele', quantityMilli: 1000, unitPriceMinor: 1_250_000 }],
      }),
    })
    expect(reply.status).toBe(201)
  }
  await counter.typeItems(...Array.from({ length: 11 }, (_, n) => `Bidhaa ${n + 1}a 1`))
  await counter.number.focus()
  await counter.keys.press('F8')
  await expect(counter.number).toBeVisible()
  for (const [width, height] of [
    [1366, 768],
    [1024, 768],
  ] as const) {
    await page.setViewportSize({ width, height })
    const faults = () => cutWords(page, '.sale-facts > span', '.sale-facts')
    await expect.poll(faults, { message: `${width}x${height}` }).toEqual([])
  }
})

test('nothing moves while an item is typed, taken, and while the money comes', async ({
  counter,
  practice,
  keys,
  page,
}) => {
  const finish = page.locator('.pay-row-finish')
  const places = async () => [await finish.boundingBox(), await counter.number.boundingBox()]
  const before = await places()
  await keys.type('Sukari 2 x 3.200')
  expect(await places()).toEqual(before)
  await keys.press('Enter')
  await expect(counter.line('Sukari')).toBeVisible()
  expect(await places()).toEqual(before)
  // What can be read in two ways takes a second line.
  await keys.type('Mchele wa Mbeya daraja la kwanza nusu kilo 1600')
  await expect(
    counter.screen.getByText(counter.words.t('counter.itemDoubts.inName', { price: '1,600' })),
  ).toBeVisible()
  expect(await places()).toEqual(before)
  await counter.entry.fill('')
  await keys.type('zzz x 9')
  await keys.press('Enter')
  await expect(counter.screen.getByText(counter.words.t('counter.itemUnclear'))).toBeVisible()
  expect(await places()).toEqual(before)
  await counter.entry.fill('')
  await counter.askToPay('0712345678')
  await expect(counter.state).toHaveAttribute('data-state', 'waiting')
  expect(await places()).toEqual(before)
  await practice.typePin('1234')
  await expect(counter.state).toHaveAttribute('data-state', 'paid')
  expect(await places()).toEqual(before)
})

test('the list follows the newest line', async ({ counter }) => {
  for (let n = 1; n <= 9; n += 1) {
    await counter.typeItems(`Kitu ${n}a 100`)
    await expect(counter.line(`Kitu ${n}a`)).toBeInViewport()
  }
})
