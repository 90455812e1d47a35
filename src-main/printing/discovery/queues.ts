import { z } from 'zod'
import type { FoundPrinter } from '../../../src-preload/contract/printer-models.ts'
import { isMissing, runCommand } from '../transports/command.ts'
import { CannotLook, type Source, type Surroundings } from './source.ts'

const listMs = 10_000

function toPrinter(queue: string, said: string, { guess }: Surroundings): FoundPrinter {
  return {
    source: 'queue',
    connection: { kind: 'queue', queue },
    name: queue,
    model: guess(`${queue} ${said}`),
  }
}

/** `device for NAME: URI`, where a USB printer's URI names its maker and model. */
async function cupsQueues(surroundings: Surroundings): Promise<FoundPrinter[]> {
  const ran = await runCommand('lpstat', ['-v'], { ...surroundings, timeoutMs: listMs })
  if (isMissing(ran)) throw new CannotLook('noService', 'this system has no lpstat')
  if (ran.code !== 0) {
    if (/no destinations/i.test(ran.complaint)) return []
    throw new CannotLook('noService', ran.complaint || ran.out.trim())
  }
  return ran.out.split('\n').flatMap((line) => {
    const [, queue, uri = ''] = /^device for (.+?): (.*)$/.exec(line) ?? []
    return queue === undefined ? [] : [toPrinter(queue, decoded(uri), surroundings)]
  })
}

function decoded(uri: string): string {
  try {
    return decodeURIComponent(uri)
  } catch {
    return uri
  }
}

const windowsPrinterSchema = z.object({ Name: z.string(), DriverName: z.string().nullish() })
const windowsListSchema = z.union([
  z.array(windowsPrinterSchema),
  windowsPrinterSchema.transform((one) => [one]),
])

/** Untested: no machine of this project runs Windows. */
async function windowsQueues(surroundings: Surroundings): Promise<FoundPrinter[]> {
  const script = 'Get-Printer | Select-Object Name, DriverName | ConvertTo-Json'
  const ran = await runCommand('powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', script], {
    ...surroundings,
    timeoutMs: listMs,
  })
  if (ran.code !== 0) throw new CannotLook('noService', ran.complaint)
  if (ran.out.trim() === '') return []
  const printers = windowsListSchema.parse(JSON.parse(ran.out))
  return printers.map(({ Name, DriverName }) => toPrinter(Name, DriverName ?? '', surroundings))
}

/** Print queues of the operating system. */
export function queueSource(): Source {
  return {
    name: 'queue',
    look: async (surroundings) => ({
      found: await (process.platform === 'win32' ? windowsQueues(surroundings) : cupsQueues(surroundings)),
      missed: null,
    }),
  }
}
