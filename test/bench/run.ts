import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { bundleInside } from './bundle.ts'
import { type Figure, printFigure } from './figures.ts'
import { measureCallbacks } from './outside/callbacks.ts'
import { measurePage } from './outside/page.ts'
import { measurePageSize } from './outside/page-size.ts'
import { measurePayments } from './outside/payments-screen.ts'
import { measurePrints } from './outside/prints.ts'
import { measureStart } from './outside/start.ts'
import { verdicts } from './targets.ts'

const root = join(import.meta.dirname, '../..')
const groups = [
  'enqueue',
  'dispatch',
  'claim',
  'encode',
  'journal',
  'size',
  'page',
  'start',
  'callbacks',
  'payments',
  'prints',
] as const
type Group = (typeof groups)[number]

/** `npm run bench [-- group …]`: one JSON line for each figure, then what was reached. Fails only when it cannot run. */
async function main(): Promise<void> {
  const wanted = process.argv.slice(2)
  // Below the tree: the bundle finds its native modules, and the files lie on the disk the product is used on.
  mkdirSync(join(root, 'out/bench'), { recursive: true })
  const folder = mkdtempSync(join(root, 'out/bench/run-'))
  const figures: Figure[] = []
  const keep = (figure: Figure) => {
    figures.push(figure)
    printFigure(figure)
  }
  try {
    const bundle = await bundleInside(join(folder, 'bundle'))
    for (const group of groups) {
      if (wanted.length === 0 || wanted.includes(group)) await measure(group, bundle, folder, keep)
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  for (const line of verdicts(figures)) console.log(line)
}

async function measure(
  group: Group,
  bundle: string,
  folder: string,
  keep: (figure: Figure) => void,
): Promise<void> {
  switch (group) {
    case 'size':
      measurePageSize().forEach(keep)
      return
    case 'callbacks':
      ;(await measureCallbacks(folder)).forEach(keep)
      return
    case 'payments':
      ;(await measurePayments(folder)).forEach(keep)
      return
    case 'prints':
      ;(await measurePrints(folder)).forEach(keep)
      return
    case 'page':
      ;(await measurePage(folder)).forEach(keep)
      return
    case 'start':
      ;(await measureStart(folder, (file) => runInside(bundle, 'fill', file, keep))).forEach(keep)
      return
    default:
      await runInside(bundle, group, folder, keep)
  }
}

/** Runs one group in a process of its own and passes its figures on. */
async function runInside(
  bundle: string,
  task: string,
  argument: string,
  keep: (figure: Figure) => void,
): Promise<void> {
  const child = spawn(process.execPath, [bundle, task, argument], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  for await (const line of createInterface({ input: child.stdout })) keep(JSON.parse(line))
  const code = await ended
  if (code !== 0) throw new Error(`${task} ended with ${String(code)}`)
}

await main()
