import { expect, type Locator, type Page } from '@playwright/test'
import type { Faults } from '../../../src-preload/contract/practice.ts'
import type { Keyboard } from '../keyboard.ts'
import type { Words } from '../words.ts'

/** The other side of the counter: the customer's phone, the paper, and what can go wrong. */
export class PracticeSide {
  readonly page: Page
  readonly words: Words
  readonly keys: Keyboard
  readonly phone: Locator
  readonly paper: Locator
  readonly faults: Locator
  readonly pin: Locator

  constructor(page: Page, words: Words, keys: Keyboard) {
    this.page = page
    this.words = words
    this.keys = keys
    this.phone = page.getByTestId('practice-phone')
    this.paper = page.getByTestId('paper-tape')
    this.faults = page.getByRole('region', { name: words.t('practice.faults') })
    this.pin = this.phone.getByLabel(words.t('practice.pin'), { exact: true })
  }

  /** Away from the counter the side is a strip until somebody wants it. */
  async open(): Promise<void> {
    const fold = this.page.locator('.side-fold')
    await expect(fold).toBeVisible()
    if ((await fold.getAttribute('aria-expanded')) === 'false') await fold.click()
  }

  /** The messages on the phone, oldest first. */
  get messages(): Locator {
    return this.phone.getByRole('listitem')
  }

  /** By keyboard: over to the phone, the PIN, Enter, and back to where the cashier was. */
  async typePin(pin: string): Promise<void> {
    await expect(this.pin).toBeVisible()
    await this.keys.press('Alt+p')
    await expect(this.pin).toBeFocused()
    await this.keys.type(pin)
    await this.keys.press('Enter')
    await expect(this.pin).toBeHidden()
  }

  async choose(what: 'line' | 'callback' | 'printer', value: Faults['line' | 'callback' | 'printer']) {
    await this.open()
    const field = this.faults.getByLabel(this.words.t(`practice.${what}`), { exact: true })
    await field.selectOption(value)
    await expect(field).toHaveValue(value)
  }

  /** A fault of one provider, by its name on screen. */
  async provider(label: string | RegExp, fault: string): Promise<void> {
    await this.open()
    const more = this.faults.locator('details')
    if ((await more.getAttribute('open')) === null) await more.locator('summary').click()
    const field = this.faults.getByLabel(label, { exact: true })
    await field.selectOption(fault)
    await expect(field).toHaveValue(fault)
  }

  /** The customer pays from the menu of his own network; answers when the code is on the phone. */
  async payByHand(networkName: string | RegExp, amount?: string): Promise<void> {
    const before = await this.messages.count()
    await this.phone.getByRole('button', { name: this.words.t('practice.byHand') }).click()
    const menu = this.phone.getByRole('form', { name: this.words.t('practice.byHand') })
    const networks = menu.getByRole('combobox')
    const wanted = await networks.getByRole('option', { name: networkName }).first().getAttribute('value')
    await networks.selectOption(wanted)
    const sum = menu.getByLabel(this.words.t('payPanel.amount'), { exact: true })
    if (amount !== undefined) await sum.fill(amount)
    // What the sale owes stands there as soon as the sale typed last is stored.
    await expect(sum).not.toHaveValue('0')
    await menu.getByRole('button', { name: this.words.t('practice.byHandPay') }).click()
    await expect(this.messages).toHaveCount(before + 1)
  }
}
