import { expect, type Locator, type Page } from '@playwright/test'
import type { Keyboard } from '../keyboard.ts'
import type { Words } from '../words.ts'

export const paymentTabs = ['list', 'attention', 'notices', 'transfers', 'reconciliation', 'cash-up'] as const
export type PaymentTab = (typeof paymentTabs)[number]

/** The payments screen: its tabs, the list and details that most of them have, and what each is for. */
export class PaymentsScreen {
  readonly page: Page
  readonly words: Words
  readonly keys: Keyboard
  readonly screen: Locator
  readonly tabs: Locator
  readonly details: Locator
  readonly cashUpResult: Locator

  constructor(page: Page, words: Words, keys: Keyboard) {
    this.page = page
    this.words = words
    this.keys = keys
    this.screen = page.getByRole('region', { name: words.t('payments.title'), exact: true })
    this.tabs = this.screen.getByRole('navigation', { name: words.t('payments.title') })
    this.details = this.screen.getByRole('complementary')
    this.cashUpResult = this.screen.getByTestId('cash-up-result')
  }

  async open(tab: PaymentTab): Promise<void> {
    const rail = this.page.getByRole('navigation', { name: this.words.t('rail.label') })
    await rail.getByRole('link', { name: this.words.rail('payments') }).click()
    await this.tabs.getByRole('link', { name: this.words.t(`payments.tabs.${tab}`) }).click()
    await expect(this.tabs.locator('[aria-current="page"]')).toContainText(
      this.words.t(`payments.tabs.${tab}`),
    )
    await expect(this.screen.locator('.waiting')).toHaveCount(0)
  }

  /** The row of a list that says all of this. */
  row(...says: readonly (string | RegExp)[]): Locator {
    return says.reduce<Locator>(
      (found, text) => found.filter({ hasText: text }),
      this.screen.locator('button.pick'),
    )
  }

  /** How many payments the total of a group of states counts. */
  total(group: 'paid' | 'open' | 'unknown' | 'notPaid' | 'reversed'): Locator {
    return this.screen
      .getByRole('group', { name: this.words.t('payments.byState') })
      .getByRole('button', { name: this.words.t(`payments.groups.${group}`) })
  }

  /** Every piece of evidence of the chosen payment or transfer, oldest first. */
  get evidence(): Locator {
    return this.details.getByRole('region', { name: this.words.t('payments.evidence') }).getByRole('listitem')
  }

  /** A network's statement, let go over the place for it. */
  async dropStatement(fileName: string, text: string): Promise<void> {
    const transfer = await this.page.evaluateHandle(
      ([name, csv]) => {
        const carried = new DataTransfer()
        carried.items.add(new File([csv], name, { type: 'text/csv' }))
        return carried
      },
      [fileName, text] as const,
    )
    const place = this.screen.getByTestId('drop-statement')
    await place.dispatchEvent('dragover', { dataTransfer: transfer })
    await place.dispatchEvent('drop', { dataTransfer: transfer })
  }
}
