import { spawnSync } from 'node:child_process'
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../../', import.meta.url))
export const sourceFolders = ['src-main', 'src-preload', 'src-renderer'] as const

/** Every TypeScript file of the product and its tests, as a path with forward slashes from the root. */
export function sourceFiles(folders: readonly string[] = sourceFolders): readonly string[] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.d.ts'))
      .map((name) => `${folder}/${name.split(sep).join('/')}`),
  )
}

/** A copy of the sources and of the tools' settings in a temporary folder, where faults may be planted. */
export interface TreeCopy {
  readonly folder: string
  /** Adds to the file, or makes it. */
  plant(path: string, source: string): void
  remove(): void
}

export function copyTree(): TreeCopy {
  const folder = mkdtempSync(join(tmpdir(), 'kaunta-layout-'))
  const settings = [
    '.dependency-cruiser.mjs',
    '.oxlintrc.json',
    'tsconfig.base.json',
    'tsconfig.json',
    'package.json',
  ]
  for (const name of [...sourceFolders, ...settings])
    cpSync(join(root, name), join(folder, name), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction')
  return {
    folder,
    plant(path, source) {
      mkdirSync(join(folder, dirname(path)), { recursive: true })
      appendFileSync(join(folder, path), `${source}\n`)
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** Runs a tool of node_modules in `folder`; answers what it printed, whether or not it was content. */
export function runTool(
  name: string,
  args: readonly string[],
  folder: string,
): { status: number; output: string } {
  const path = join(root, 'node_modules', '.bin', name)
  const run = spawnSync(path, args, {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    shell: false,
  })
  if (run.error) throw run.error
  return { status: run.status ?? -1, output: run.stdout }
}
