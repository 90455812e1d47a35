import { expect, type Locator, type Page } from '@playwright/test'
import type { Words } from '../words.ts'

const stepNames = ['find', 'model', 'try', 'use'] as const

/** Settings, Printers: the list, one printer, and the steps by which one more is set up. */
export class PrinterSettings {
  readonly page: Page
  readonly words: Words
  readonly pane: Locator
  readonly list: Locator
  /** The steps of setting up. */
  readonly adding: Locator
  readonly found: Locator
  readonly subnet: Locator
  /** What became of the test page. */
  readonly trial: Locator

  constructor(page: Page, words: Words) {
    this.page = page
    this.words = words
    this.pane = page.getByRole('region', { name: words.t('settings.title'), exact: true })
    this.list = this.pane.getByRole('list', { name: words.t('settings.printers.list') })
    this.adding = this.pane.getByRole('region', { name: words.t('settings.printers.add'), exact: true })
    this.found = this.adding.getByRole('list', { name: words.t('settings.printers.find.list') })
    this.trial = this.adding.locator('.trial-words')
    this.subnet = this.adding.getByRole('combobox', { name: words.t('settings.printers.find.subnet') })
  }

  async open(): Promise<void> {
    await this.page.goto(`${new URL(this.page.url()).origin}/#/settings/printer`)
    await expect(this.list.getByRole('button')).not.toHaveCount(0)
  }

  async add(): Promise<void> {
    await this.button('add').click()
    await this.isAt('find')
  }

  /** A button by its path under `settings.printers`; the add button has a sign before its word. */
  button(path: string): Locator {
    return this.pane.getByRole('button', { name: this.words.t(`settings.printers.${path}`) })
  }

  field(path: string): Locator {
    return this.pane.getByLabel(this.words.t(`settings.printers.${path}`), { exact: false }).first()
  }

  choice(question: string, answer: string): Locator {
    return this.adding
      .getByRole('group', { name: new RegExp(escaped(this.words.t(`settings.printers.try.${question}`))) })
      .getByRole('radio', { name: answer })
  }

  async isAt(step: (typeof stepNames)[number]): Promise<void> {
    await expect(this.adding.locator('[aria-current="step"]')).toContainText(
      this.words.t(`settings.printers.steps.${step}`),
    )
  }

  row(name: string): Locator {
    const called = this.page.locator('strong').getByText(name, { exact: true })
    return this.list.getByRole('button').filter({ has: called })
  }

  /** Searches this computer, where the practice printer stands, and takes what answers. */
  async search(): Promise<void> {
    await this.button('find.start').click()
    await expect(this.found.getByRole('button').first()).toBeFocused()
  }

  /** What stands behind one way in the list of where Kaunta looked. */
  tried(way: string): Locator {
    return this.adding
      .getByRole('region', { name: this.words.t('settings.printers.find.tried') })
      .getByRole('listitem')
      .filter({ hasText: `${this.words.t(`settings.printers.find.ways.${way}`)}:` })
  }

  async typeAddress(host: string, port: number): Promise<void> {
    await this.adding.getByText(this.words.t('settings.printers.find.byHand')).click()
    await this.field('fields.host').fill(host)
    await this.field('fields.port').fill(String(port))
    await this.button('steps.next').click()
    await this.isAt('model')
  }

  /** Prints the page of the third step and waits until its paper is known to be out. */
  async printTestPage(): Promise<void> {
    await this.button('try.print').click()
    await expect(this.trial).toContainText(this.words.t('status.printed'))
  }
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
}
