import { type Page, test } from '@playwright/test'

/** A keyboard that counts: every key a cashier would strike is one, a chord too. */
export interface Keyboard {
  readonly press: (...keys: readonly string[]) => Promise<void>
  readonly type: (text: string) => Promise<void>
  /** Sets the count to nought. */
  readonly startCounting: () => void
  readonly count: () => number
  /** Notes the count in the report under this name, and answers it. */
  readonly note: (what: string) => number
}

export function countingKeyboard(page: Page): Keyboard {
  let struck = 0
  return {
    async press(...keys) {
      for (const key of keys) {
        struck += 1
        await page.keyboard.press(key)
      }
    },
    async type(text) {
      struck += [...text].length
      await page.keyboard.type(text)
    },
    startCounting: () => {
      struck = 0
    },
    count: () => struck,
    note(what) {
      test.info().annotations.push({ type: 'keys', description: `${what}: ${struck}` })
      return struck
    },
  }
}
