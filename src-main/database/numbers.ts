import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

/**
 * The highest number handed out of each series (receipts of a till, its counts), kept outside the data file: what stands
 * on a paper must never be given again, and a restored copy does not know of it.
 */
export interface Numbers {
  /** 0 for a series that nobody counted yet. */
  highest(series: string): number
  /** Remembers a number once its commit is on disk; the file follows a moment later. */
  raise(series: string, to: number): void
  /** Writes at once what is not in the file yet. */
  close(): void
}

const fileSchema = z.record(z.string(), z.int().min(0))

/** @param onFault the file could not be written; it is tried again with the next number */
export function openNumbers(folder: string, onFault: (what: string, error: unknown) => void): Numbers {
  const file = join(folder, 'numbers.json')
  const highest = new Map(Object.entries(read(file)))
  let writing: Promise<void> | null = null
  let unwritten = false
  let closed = false

  const text = () => JSON.stringify(Object.fromEntries(highest))
  async function write(): Promise<void> {
    while (unwritten) {
      unwritten = false
      const handle = await open(`${file}.next`, 'w', 0o600)
      try {
        await handle.writeFile(text())
        await handle.datasync()
      } finally {
        await handle.close()
      }
      // What was written last at the end is not to be replaced by what was on its way before.
      if (closed) return
      renameSync(`${file}.next`, file)
    }
  }
  return {
    highest: (series) => highest.get(series) ?? 0,
    raise(series, to) {
      if (to <= (highest.get(series) ?? 0)) return
      highest.set(series, to)
      unwritten = true
      writing ??= write()
        .catch((error: unknown) => {
          unwritten = true
          onFault('keeping the highest numbers', error)
        })
        .finally(() => {
          writing = null
        })
    },
    close() {
      closed = true
      if (!unwritten && writing === null) return
      try {
        writeFileSync(`${file}.last`, text(), { mode: 0o600, flush: true })
        renameSync(`${file}.last`, file)
      } catch (error) {
        rmSync(`${file}.last`, { force: true })
        onFault('keeping the highest numbers', error)
      }
    },
  }
}

function read(file: string): Readonly<Record<string, number>> {
  try {
    return fileSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    // Missing on a new machine; a torn one tells nothing.
    return {}
  }
}
