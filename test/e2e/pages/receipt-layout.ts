import { expect, type Locator, type Page } from '@playwright/test'
import type { Words } from '../words.ts'

/** Settings, Receipt: what stands on the paper, and the paper beside it. */
export class ReceiptLayoutScreen {
  readonly page: Page
  readonly words: Words
  readonly pane: Locator
  readonly preview: Locator
  readonly file: Locator

  constructor(page: Page, words: Words) {
    this.page = page
    this.words = words
    this.pane = page.getByRole('region', { name: words.t('settings.title'), exact: true })
    this.preview = page.getByTestId('receipt-preview')
    this.file = this.pane.locator('input[type=file]')
  }

  async open(): Promise<void> {
    await this.page.goto(`${new URL(this.page.url()).origin}/#/settings/receipt`)
    await expect(this.preview).toContainText('000123')
  }

  field(name: string): Locator {
    return this.pane.getByLabel(this.words.t(`settings.receipt.${name}`), { exact: true })
  }

  /** A text of the receipt, in one of its languages. */
  text(name: 'header' | 'footer', language: 'sw' | 'en'): Locator {
    return this.pane.getByLabel(
      this.words.t(`settings.receipt.${name}`, {
        language: this.words.t(`settings.receipt.languages.${language}`),
      }),
      { exact: true },
    )
  }

  button(name: string): Locator {
    return this.pane.getByRole('button', { name: this.words.t(`settings.receipt.${name}`), exact: true })
  }

  /** Lets a PNG fall on the logo's part of the form. */
  async dropLogo(png: Buffer): Promise<void> {
    const dragged = await this.page.evaluateHandle(
      (bytes) => {
        const transfer = new DataTransfer()
        transfer.items.add(new File([new Uint8Array(bytes)], 'nembo.png', { type: 'image/png' }))
        return transfer
      },
      [...png],
    )
    const place = this.pane.getByRole('group', {
      name: this.words.t('settings.receipt.logoTitle'),
      exact: true,
    })
    await place.dispatchEvent('drop', { dataTransfer: dragged })
  }

  get unsaved(): Locator {
    return this.pane.getByText(this.words.t('settings.receipt.unsaved'))
  }

  /** Shows the preview in a language or on a roll. */
  async show(choice: string): Promise<void> {
    await this.pane.locator('.layout-preview').getByText(choice, { exact: true }).click()
  }

  /** The widest line of the preview, in characters. */
  async widestLine(): Promise<number> {
    return this.preview
      .locator('.paper-line')
      .evaluateAll((lines) => Math.max(...lines.map((line) => line.textContent.trimEnd().length)))
  }
}
