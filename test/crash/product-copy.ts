import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')

/** A fault planted in the built product, to prove that a harness sees it. */
export interface Mutant {
  readonly name: string
  /** Must match exactly one place of the built code. */
  readonly find: RegExp
  readonly replace: string
}

export interface ProductCopy {
  /** The copied server.js. */
  readonly script: string
  remove(): void
}

/**
 * A copy of the built product, so that a build next door does not pull it from under a running test; with `mutant`, one
 * with that fault in it.
 * @throws Error when the product is not built, or when the mutant's place is not found exactly once
 */
export function copyProduct(mutant: Mutant | null = null): ProductCopy {
  const folder = mkdtempSync(join(tmpdir(), 'kaunta-built-'))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  try {
    const main = join(folder, 'out/main')
    cpSync(join(root, 'out/main'), main, { recursive: true, filter: (path) => !path.endsWith('.map') })
    cpSync(join(root, 'out/renderer'), join(folder, 'out/renderer'), { recursive: true })
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
    if (mutant !== null) plant(main, mutant)
    return { script: join(main, 'server.js'), remove }
  } catch (error) {
    remove()
    throw new Error(`no copy of the built product (npm run build makes one): ${String(error)}`, {
      cause: error,
    })
  }
}

function plant(main: string, { name, find, replace }: Mutant): void {
  const every = new RegExp(find.source, `${find.flags.replace('g', '')}g`)
  const hits = readdirSync(main, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.js') && !path.endsWith('electron.js'))
    .map((path) => ({ file: join(main, path), code: readFileSync(join(main, path), 'utf8') }))
    .flatMap(({ file, code }) => [...code.matchAll(every)].map(() => ({ file, code })))
  const [hit] = hits
  if (hit === undefined || hits.length !== 1) {
    throw new Error(`the fault “${name}” fits ${hits.length} places of the built code instead of one`)
  }
  writeFileSync(hit.file, hit.code.replace(find, replace))
}
