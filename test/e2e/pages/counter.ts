import { expect, type Locator, type Page } from '@playwright/test'
import type { Keyboard } from '../keyboard.ts'
import type { Words } from '../words.ts'

/** The counter: items, customer, the four jobs, and the time line of the sale. */
export class Counter {
  readonly page: Page
  readonly words: Words
  readonly keys: Keyboard
  readonly screen: Locator
  readonly number: Locator
  readonly name: Locator
  /** The one state of the sale, large; its `data-state` names it. */
  readonly state: Locator
  readonly total: Locator
  readonly entry: Locator
  readonly timeLine: Locator
  readonly statusLine: Locator

  constructor(page: Page, words: Words, keys: Keyboard) {
    this.page = page
    this.words = words
    this.keys = keys
    this.screen = page.getByRole('region', { name: words.t('counter.title'), exact: true })
    this.number = page.getByTestId('sale-number')
    this.state = page.getByTestId('sale-state')
    this.name = this.screen.getByLabel(words.t('counter.customerName'), { exact: true })
    this.total = page.getByTestId('sale-total')
    this.entry = this.screen.getByRole('textbox', { name: words.t('counter.item'), exact: true })
    this.timeLine = page.getByTestId('time-line')
    this.statusLine = page.getByTestId('status-line')
  }

  async isOpen(): Promise<void> {
    await expect(this.number).toBeVisible()
    await expect(this.entry).toBeFocused()
    await expect(this.statusLine).toContainText(this.words.t('bar.online'))
  }

  /** Types each item in one go ("Sukari 2 x 3200") and Enter, from wherever the focus is. */
  async typeItems(...items: readonly string[]): Promise<void> {
    await this.entry.focus()
    for (const item of items) {
      await this.keys.type(item)
      await this.keys.press('Enter')
      await expect(this.entry).toHaveValue('')
    }
  }

  /** A sale as it lies there when the customer gives a number: items in, the number field empty and ready. */
  async ringUp(...items: readonly string[]): Promise<void> {
    await this.typeItems(...(items.length === 0 ? ['Sukari 2 x 3200', 'Mafuta 6600'] : items))
    await this.number.focus()
    await expect(this.number).toHaveValue('')
  }

  line(name: string): Locator {
    return this.screen.getByRole('listitem').filter({ hasText: name })
  }

  /** The line of the time line that says this. */
  item(...says: readonly (string | RegExp)[]): Locator {
    return says.reduce<Locator>(
      (found, text) => found.filter({ hasText: text }),
      this.timeLine.getByRole('listitem'),
    )
  }

  status(name: string): string {
    return this.words.t(`status.${name}`)
  }

  /** The big button of a job, e.g. "receipt". */
  target(job: 'receipt' | 'pay' | 'print' | 'reprint' | 'whatsapp'): Locator {
    const named = this.screen
      .getByRole('group', { name: this.words.t('counter.actions') })
      .getByRole('button', { name: this.words.t(`counter.${job}`), exact: false })
    // A receipt that goes by WhatsApp says so too.
    return job === 'whatsapp' ? named.last() : named.first()
  }

  button(path: string): Locator {
    return this.timeLine.getByRole('button', { name: this.words.t(path) })
  }

  /** How the printer of receipts is, on the big button. */
  get printerState(): Locator {
    return this.screen.getByTestId('printer-state')
  }

  /** The word for a state of the printer. */
  printer(name: string): string {
    return this.words.t(`counter.printers.${name}`)
  }

  /** Cash given for this sale, with its quick notes and the change. */
  get cash(): Locator {
    return this.screen.getByRole('form', { name: this.words.t('counter.cash'), exact: true })
  }

  /** The change of the sale that just left the counter. */
  get lastChange(): Locator {
    return this.screen.getByTestId('last-change')
  }

  /** The question about a paper of another sale, at the foot of every screen. */
  get paperQuestion(): Locator {
    return this.page.getByRole('region', { name: this.words.t('status.paperUnsure'), exact: true })
  }

  paperAsk(purpose: string, number: string, printer: string): string {
    return this.words.t(`counter.paperAsk.${purpose}`, { number, printer })
  }

  /** An earlier sale, by its address. */
  async openSale(id: string): Promise<void> {
    await this.page.goto(`${new URL(this.page.url()).origin}/#/sale/${id}`)
    await expect(this.number).toBeVisible()
  }

  /** What was refused at the counter itself, in words. */
  get refusal(): Locator {
    return this.timeLine.getByRole('alert')
  }

  /** Notes every status word that the time line shows from now on, also one that stands for a moment only. */
  async watchStatuses(): Promise<() => Promise<readonly string[]>> {
    await this.timeLine.evaluate((line) => {
      const seen: string[] = []
      const look = () => {
        const word = line.querySelector('.status-word')?.textContent ?? ''
        if (word !== '' && word !== seen.at(-1)) seen.push(word)
      }
      new MutationObserver(look).observe(line, { childList: true, subtree: true, characterData: true })
      Reflect.set(window, 'kauntaStatuses', seen)
    })
    return async () => {
      const seen: unknown = await this.page.evaluate(() => Reflect.get(window, 'kauntaStatuses'))
      return Array.isArray(seen) ? seen.map(String) : []
    }
  }

  /** F4 and Enter, with this number or the one that stands there; until the phone shows the request. */
  async askToPay(number?: string): Promise<void> {
    if (number !== undefined) await this.number.fill(number)
    await this.number.focus()
    await this.keys.press('F4', 'Enter')
    await expect(this.item(this.status('prompted'))).toBeVisible()
  }

  /** Cancels what waits and says this, by its button; again where a try was just under way, which nobody can stop. */
  async cancelWaiting(says: string): Promise<void> {
    const button = this.item(says).getByRole('button', { name: this.words.t('counter.cancelSending') })
    const cancelled = this.item(this.status('cancelledHere'))
    await expect(async () => {
      if (!(await cancelled.isVisible())) await button.click({ timeout: 5_000 })
      await expect(cancelled).toBeVisible({ timeout: 5_000 })
    }).toPass()
  }

  /** Ctrl+Enter takes the sale off the counter. */
  async finish(): Promise<void> {
    await this.keys.press('Control+Enter')
    await expect(this.screen.getByRole('heading', { level: 1 })).toHaveText(this.words.t('counter.newSale'))
    // A draft has that heading too: the next sale is there once the items are gone.
    await expect(this.screen.getByText(this.words.t('counter.noLines'))).toBeVisible()
  }

  /** F4's panel. */
  get payPanel(): Locator {
    return this.screen.getByRole('form', { name: this.words.t('payPanel.title') })
  }

  /** F7's panel. */
  get codePanel(): Locator {
    return this.screen.getByRole('form', { name: this.words.t('codePanel.title') })
  }

  /** The code is typed as it stands in the SMS. */
  async typeCode(code: string): Promise<void> {
    await this.keys.press('F7')
    await expect(this.codePanel.getByRole('combobox')).toBeFocused()
    await this.keys.type(code)
    await this.keys.press('Enter')
  }
}
