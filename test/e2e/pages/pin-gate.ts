import type { Locator, Page } from '@playwright/test'
import type { Keyboard } from '../keyboard.ts'
import type { Words } from '../words.ts'

/** Who is at the counter: the name in the bar, and the PIN that lies over the page. */
export class PinGate {
  readonly page: Page
  readonly words: Words
  readonly keys: Keyboard
  readonly dialog: Locator
  readonly pin: Locator
  readonly atCounter: Locator

  constructor(page: Page, words: Words, keys: Keyboard) {
    this.page = page
    this.words = words
    this.keys = keys
    this.dialog = page.getByTestId('pin-gate')
    this.pin = this.dialog.getByLabel(words.t('pin.pin'), { exact: true })
    this.atCounter = page.getByTestId('at-counter')
  }

  /** F10 and four digits. */
  async change(pin: string): Promise<void> {
    await this.keys.press('F10')
    await this.keys.type(pin)
  }
}
