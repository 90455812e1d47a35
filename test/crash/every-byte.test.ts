import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { createVirtualPrinter, type VirtualPrinter } from '../../src-main/simulator/paper-tape.ts'
import { type ManualClock, manualClock } from '../fixtures/manual-clock.ts'
import { printerInput, wordsOn } from '../fixtures/printer.ts'
import { createPrinterProxy, type PrinterProxy } from '../fixtures/printer-proxy.ts'
import { type OpenShop, openShop, scriptedProvider } from '../fixtures/shop.ts'

/*
 * A power cut and a pulled cable at every byte of a receipt, through the whole program: the file as the dead program
 * left it is copied at that byte, and a new program starts on the copy.
 */

let printer: VirtualPrinter
let line: PrinterProxy
const root = mkdtempSync(join(tmpdir(), 'kaunta-bytes-'))
/** Where every program of this test lives, the dead one and its successor: ids never repeat in one folder. */
const home = join(root, 'home')
const lines = [{ name: 'Unga', quantityMilli: 1000, unitPriceMinor: 320_000 }]
let saleId: string
let length = 0
/** Bytes that pass before the line is cut. */
let cutAfter = Number.POSITIVE_INFINITY
let wasCut = false
/** In which a printer's lane gets back what one trial spends. */
const laneRefillMs = 250

const open = (clock: ManualClock) => openShop(home, clock, scriptedProvider({}))

/** Copies the data folder without the shared-memory index and half a file, as it would lie on the disk after a power cut. */
function copy(from: string, to: string): void {
  rmSync(to, { recursive: true, force: true })
  cpSync(from, to, { recursive: true, filter: (path) => !/-shm$|\.next$/.test(path) })
}

beforeAll(async () => {
  const clock = manualClock()
  printer = await createVirtualPrinter({ clock, columns: 32 })
  let passed = 0
  line = await createPrinterProxy({
    target: printer,
    fate: () => ({ cutAfter, mute: false }),
    received: (bytes) => {
      passed += bytes.length
    },
    cut: () => {
      wasCut = true
    },
  })
  const shop = await open(clock)
  const { profile, ...input } = printerInput(line)
  await shop.client.printers.save({
    printer: { ...input, profile: { ...profile, paper: '58', columns: 32, dots: 384 } },
  })
  // A short paper, so that every byte of it can have its turn.
  const { layout } = await shop.client.receiptLayout.get()
  const bare = { address: false, phone: false, qr: false, barcode: false, taxes: false, till: false }
  await shop.client.receiptLayout.save({ ...layout, ...bare })
  const draft = await shop.client.sales.current()
  saleId = draft.id
  await shop.client.sales.saveDraft({ id: saleId, lines })
  await shop.companion.close()

  copy(home, join(root, 'template'))
  const printing = await open(clock)
  await printing.client.printing.printReceipt({ saleId })
  await stateBecomes(printing, clock, saleId, ['printed'])
  await printing.companion.close()
  length = passed
}, 600_000)

afterAll(async () => {
  await line.close()
  await printer.close()
  rmSync(root, { recursive: true, force: true })
})

async function stateBecomes(
  shop: OpenShop,
  clock: ManualClock,
  sale: string,
  states: readonly string[],
): Promise<string> {
  return vi.waitFor(
    async () => {
      // Little by little: sockets are real, and time-outs are not to come before their answers.
      await clock.advance(20)
      const job = (await shop.client.printing.list({ saleId: sale })).at(-1)
      expect(states).toContain(job?.state)
      return job?.state ?? ''
    },
    { timeout: 60_000, interval: 1 },
  )
}

/** Whole papers of the sale: those that were cut off, and how many of them are no copy. */
function wholePapers(): { readonly originals: number; readonly copies: number } {
  const strips: string[][] = [[]]
  for (const item of printer.snapshot().paper) {
    if (item.kind === 'cut') strips.push([])
    else strips.at(-1)?.push(...wordsOn([item]))
  }
  const whole = strips.slice(0, -1).filter((words) => words.some((text) => text === 'Unga'))
  const copies = whole.filter((words) => words.some((text) => /NAKALA|COPY/.test(text))).length
  return { originals: whole.length - copies, copies }
}

/** Prints with the line cut at a byte. @returns once the cut has come */
async function printUntilCut(shop: OpenShop, clock: ManualClock, sale: string, byte: number): Promise<void> {
  printer.tear()
  await printer.powerCycle()
  // A lane serves so many effects a second, and the clock stands still until the cut.
  await clock.advance(laneRefillMs)
  cutAfter = byte
  wasCut = false
  await shop.client.printing.printReceipt({ saleId: sale })
  await vi.waitFor(
    async () => {
      await clock.advance(0)
      expect(wasCut).toBe(true)
    },
    { timeout: 60_000, interval: 1 },
  )
}

/** What came of it by itself, and after a person said "no" where he was asked. @returns what is wrong with that */
async function judgeCut(shop: OpenShop, clock: ManualClock, sale: string): Promise<[string, string | null]> {
  const state = await stateBecomes(shop, clock, sale, ['printed', 'unknown'])
  const papers = wholePapers()
  const told = () => `${state}, ${JSON.stringify(papers)}, then ${JSON.stringify(wholePapers())}`
  if (papers.originals > 1 || papers.copies > 0) return [state, `doubled: ${told()}`]
  if (state === 'printed') return [state, papers.originals === 1 ? null : `called printed: ${told()}`]
  await printer.powerCycle()
  const [job] = await shop.client.printing.list({ saleId: sale })
  await shop.client.printing.decide({ id: job?.id ?? '', printed: false })
  await stateBecomes(shop, clock, sale, ['printed'])
  const after = wholePapers()
  return [state, after.copies === 1 && after.originals <= 1 ? null : `lost: ${told()}`]
}

/** @returns the states that were met. Cut before the job began, it prints by itself; in its middle, a person is asked. */
async function atEveryByte(trial: (byte: number) => Promise<[string, string | null]>): Promise<string[]> {
  const wrong: string[] = []
  const seen = new Set<string>()
  for (let byte = 0; byte < length; byte += 1) {
    const [state, fault] = await trial(byte)
    seen.add(state)
    if (fault !== null) wrong.push(`byte ${byte}: ${fault}`)
  }
  expect(wrong).toEqual([])
  expect(length).toBeGreaterThan(300)
  return [...seen].toSorted()
}

it('puts no second paper out and loses none when the line is cut at any byte', async () => {
  copy(join(root, 'template'), home)
  const clock = manualClock()
  const shop = await open(clock)
  const states = await atEveryByte(async (byte) => {
    const { id } = await shop.client.sales.current()
    await shop.client.sales.saveDraft({ id, lines })
    await printUntilCut(shop, clock, id, byte)
    cutAfter = Number.POSITIVE_INFINITY
    const judged = await judgeCut(shop, clock, id)
    await shop.client.sales.finish({ id })
    return judged
  })
  await shop.companion.close()
  expect(states).toEqual(['printed', 'unknown'])
}, 600_000)

it('puts no second paper out and loses none when the program dies at any byte', async () => {
  const states = await atEveryByte(async (byte) => {
    copy(join(root, 'template'), home)
    const clock = manualClock()
    const dying = await open(clock)
    await printUntilCut(dying, clock, saleId, byte)
    // As the dead program left it: nothing of what it would have learnt from the cut is in the copy.
    copy(home, join(root, 'remains'))
    cutAfter = Number.POSITIVE_INFINITY
    await dying.companion.close()
    copy(join(root, 'remains'), home)
    const shop = await open(clock)
    const judged = await judgeCut(shop, clock, saleId)
    await shop.companion.close()
    return judged
  })
  expect(states).toContain('unknown')
}, 600_000)
