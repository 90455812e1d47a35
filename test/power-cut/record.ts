import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'
import { readTrace, type Step } from './trace.ts'

/** fsync and friends, and every call by which a file can change. */
const calls =
  'openat,close,write,writev,pwrite64,pwritev,pwritev2,ftruncate,fallocate,fsync,fdatasync,unlink,unlinkat,rename,renameat2'

/**
 * Bundles the process whose power is cut: its migrations are read by the bundler.
 * @param folder a fresh one
 * @returns the script's path
 */
export async function buildShopkeeper(folder: string): Promise<string> {
  const entry = join(import.meta.dirname, 'shopkeeper.ts')
  await build({
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: ['drizzle-orm'], external: ['better-sqlite3'] },
    build: {
      ssr: entry,
      outDir: folder,
      emptyOutDir: false,
      rollupOptions: { output: { entryFileNames: 'shopkeeper.mjs' } },
    },
  })
  symlinkSync(join(import.meta.dirname, '../../node_modules'), join(folder, 'node_modules'))
  return join(folder, 'shopkeeper.mjs')
}

/**
 * Lets the shopkeeper commit and records every change of its files.
 * @param synchronous '' for the product's own setting
 * @throws Error when strace is missing or the process fails
 */
export function record(
  script: string,
  folder: string,
  commits: number,
  synchronous: '' | 'NORMAL' | 'OFF',
): Step[] {
  const data = join(folder, `data-${synchronous || 'as-shipped'}`)
  mkdirSync(data)
  const trace = `${data}.trace`
  const given = [process.execPath, script, join(data, 'kaunta.db'), String(commits), synchronous]
  const run = spawnSync(
    'strace',
    ['-f', '-xx', '-s', '70000', '-e', `trace=${calls}`, '-o', trace, ...given],
    {
      encoding: 'utf8',
    },
  )
  if (run.error !== undefined)
    throw new Error(`strace is needed (apt-get install strace): ${run.error.message}`)
  if (run.status !== 0) throw new Error(`the recorded process failed: ${run.stderr}`)
  return readTrace(readFileSync(trace, 'latin1'), data)
}
