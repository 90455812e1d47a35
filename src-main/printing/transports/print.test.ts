import { afterEach, describe, expect, it } from 'vitest'
import type { PrinterProfile } from '../../../src-preload/contract/printer-models.ts'
import type { Clock } from '../../ports.ts'
import { createVirtualPrinter, type VirtualPrinter } from '../../simulator/paper-tape.ts'
import { paperTimeMs } from './job.ts'
import type { PrintOutcome } from './port.ts'
import { checkPrinter, printTo } from './print.ts'

/** Time that runs `speed` times as fast, so that waiting for paper costs the tests little. */
function clockAt(speed: number): Clock {
  return {
    now: () => Date.now() * speed,
    monotonic: () => performance.now() * speed,
    after(ms, run) {
      const timer = setTimeout(run, ms / speed)
      return () => clearTimeout(timer)
    },
  }
}
/** 400 real milliseconds for an answer, however busy the machine. */
const patient = {
  clock: clockAt(10),
  connectTimeoutMs: 20_000,
  statusTimeoutMs: 4_000,
  idleTimeoutMs: 4_000,
  offlineWaitMs: 8_000,
}

const profile: PrinterProfile = {
  language: 'escpos',
  paper: '58',
  columns: 32,
  dots: 384,
  codeTable: { name: 'windows1252', number: 16 },
  qr: 'native',
  barcode: true,
  cutter: 'partial',
  confirms: 'paperQuery',
}
const receipt = Buffer.from(
  '\x1b@\x1c.\x1bM\0DUKA LA ASHA\nSukari 1kg      3,200\nJUMLA TZS       3,200\nAsante\n\x1dVB\0',
  'latin1',
)
const questionBytes = 12
/** Questions, automatic status on, the job, its confirmation. */
const wireBytes = questionBytes + 3 + receipt.length + 3

const open: VirtualPrinter[] = []
afterEach(async () => {
  for (const printer of open.splice(0)) await printer.close()
})

async function virtualPrinter() {
  const printer = await createVirtualPrinter({ clock: clockAt(1), columns: 32 })
  open.push(printer)
  const target = {
    connection: { kind: 'network' as const, host: printer.host, port: printer.port },
    profile,
  }
  return { printer, target }
}
const kindsOn = (printer: VirtualPrinter) => printer.snapshot().paper.map((item) => item.kind)

describe('the printer of practice mode', () => {
  it('says printed with the whole paper out once', async () => {
    const { printer, target } = await virtualPrinter()
    expect(await printTo(target, receipt, patient)).toEqual({ kind: 'printed' })
    expect(printer.jobs()).toBe(1)
    expect(kindsOn(printer)).not.toContain('unreadable')
    expect(kindsOn(printer).at(-1)).toBe('cut')
  })

  it('confirms by process id too', async () => {
    const { printer, target } = await virtualPrinter()
    const byId = { ...target, profile: { ...profile, confirms: 'processId' as const } }
    expect(await printTo(byId, receipt, patient)).toEqual({ kind: 'printed' })
    expect(printer.jobs()).toBe(1)
  })

  it('prints a job of many pieces', async () => {
    const { printer, target } = await virtualPrinter()
    const long = Uint8Array.from([...Buffer.from('a line of text\n'.repeat(1_000)), 0x1d, 0x56, 0x42, 0])
    expect(await printTo(target, long, patient)).toEqual({ kind: 'printed' })
    expect(kindsOn(printer).filter((kind) => kind === 'line')).toHaveLength(1_000)
  })

  it.each([
    ['noPaper', 'noPaper'],
    ['coverOpen', 'coverOpen'],
    ['off', 'printerOffline'],
  ] as const)('gets nothing when it is %s, and the same job later', async (fault, reason) => {
    const { printer, target } = await virtualPrinter()
    await printer.setFault(fault)
    expect(await printTo(target, receipt, patient)).toMatchObject({ kind: 'notStarted', reason })
    expect(await checkPrinter(target, patient)).toMatchObject({ reachable: fault !== 'off', reason })
    await printer.setFault('ready')
    expect(await printTo(target, receipt, patient)).toEqual({ kind: 'printed' })
    expect(printer.jobs()).toBe(1)
  })

  it('never says printed, and never prints twice, when the line breaks at any byte', async () => {
    const seen = new Map<PrintOutcome['kind'], number>()
    for (let at = 1; at <= wireBytes; at += 1) {
      const { printer, target } = await virtualPrinter()
      printer.disconnectAfterBytes(at)
      const outcome = await printTo(target, receipt, patient)
      seen.set(outcome.kind, (seen.get(outcome.kind) ?? 0) + 1)
      const papers = printer.jobs()
      // Nothing started means no paper, printed means that every byte arrived, and no break makes two papers of one.
      const allowed = {
        notStarted: at <= questionBytes && papers === 0,
        printed: at === wireBytes && papers === 1,
        unknown: papers <= 1,
      }
      expect({ at, papers, outcome, allowed: allowed[outcome.kind] }).toMatchObject({ allowed: true })
    }
    expect(seen.get('notStarted')).toBeGreaterThanOrEqual(questionBytes - 1)
    expect(seen.get('unknown')).toBeGreaterThanOrEqual(receipt.length)
  }, 120_000)
})

describe('paperTimeMs', () => {
  it('allows more time for more paper, and for a slower line', () => {
    const limits = { bytesPerSecond: 9_600, dots: 576 }
    expect(paperTimeMs(receipt, limits)).toBeGreaterThan(paperTimeMs(receipt.subarray(0, 50), limits))
    expect(paperTimeMs(new Uint8Array(9_600), { ...limits, bytesPerSecond: 960 })).toBeGreaterThan(10_000)
  })
})
