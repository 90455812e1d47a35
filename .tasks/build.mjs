import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { writeNotices } from './notices.mjs'
import { ensureInstalled, node24, root, run, toolFile } from './tools.mjs'

const stamp = join(root, 'out', '.sources')
const outputs = ['main/server.js', 'main/electron.js', 'preload/index.cjs', 'renderer/index.html']

/** Builds main, preload and page into out/ when a source differs from the last build. Ends the program on failure. */
export function ensureBuilt({ quiet = false } = {}) {
  const sources = fingerprint()
  const whole = outputs.every((name) => existsSync(join(root, 'out', name)))
  if (whole && existsSync(stamp) && readFileSync(stamp, 'utf8') === sources) return
  const code = buildNow({ quiet })
  if (code !== 0) {
    process.stderr.write('The build failed; the reason stands above.\n')
    process.exit(code)
  }
}

/** Answers the exit code of the build. */
export function buildNow({ quiet = false } = {}) {
  const sources = fingerprint()
  const code = run(node24, [toolFile('electron-vite'), 'build', '--logLevel', quiet ? 'warn' : 'info'], {
    quiet,
    env: { NODE_ENV: 'production' },
  })
  if (code !== 0) return code
  writeNotices()
  mkdirSync(join(root, 'out'), { recursive: true })
  writeFileSync(stamp, sources)
  return 0
}

/** Changes whenever a source is added, removed or written. */
function fingerprint() {
  const hash = createHash('sha256')
  for (const folder of ['src-main', 'src-preload', 'src-renderer', 'resources']) {
    if (!existsSync(join(root, folder))) continue
    const names = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    for (const name of names.filter((one) => !one.includes('.test.')).toSorted())
      addFile(hash, join(folder, name))
  }
  for (const name of ['electron.vite.config.ts', 'package-lock.json', 'package.json']) addFile(hash, name)
  return hash.digest('hex')
}

function addFile(hash, name) {
  const { mtimeMs, size } = statSync(join(root, name))
  hash.update(`${name}\0${mtimeMs}\0${size}\n`)
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  ensureInstalled()
  process.exit(buildNow())
}
