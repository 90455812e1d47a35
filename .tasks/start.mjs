import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ensureBuilt } from './build.mjs'
import { become, browserDoor, ensureInstalled, node24, root, run } from './tools.mjs'

/** `npm start`: installs, builds, and opens Kaunta as a window, or in the browser where no window can be had. */

const fetchLimitMs = 60_000
const retryAfterMs = 24 * 3600 * 1000
const electronFolder = join(root, 'node_modules', 'electron')
const triedStamp = join(root, 'node_modules', '.electron-not-fetched')

ensureInstalled()
ensureBuilt({ quiet: true })

const args = process.argv.slice(2)
const window = findWindow()
if (window.program === undefined) {
  process.stdout.write(`Kaunta opens in the browser: ${window.reason}.\n`)
  become(node24, [...browserDoor, '--practice', '--port', '0', '--open', ...args])
} else {
  become(window.program, [root, ...args])
}

/** Electron's program, or the reason why there is no window. */
function findWindow() {
  if (process.platform === 'linux') {
    if (!process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return { reason: 'this session has no display' }
    if (process.getuid?.() === 0) return { reason: 'Electron does not run as root' }
  }
  const program = electronProgram() ?? fetchElectron()
  return program === undefined
    ? { reason: 'Electron’s program could not be fetched (no network?)' }
    : { program }
}

function electronProgram() {
  const pathFile = join(electronFolder, 'path.txt')
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8') : 'electron'
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(electronFolder, 'dist')
  const program = join(folder, name)
  return existsSync(program) ? program : undefined
}

/** Once a day at most, so that a shop without a line does not wait a minute at each start. */
function fetchElectron() {
  if (process.env.CI || process.env.ELECTRON_OVERRIDE_DIST_PATH) return undefined
  if (existsSync(triedStamp) && Date.now() - statSync(triedStamp).mtimeMs < retryAfterMs) return undefined
  process.stdout.write('Fetching Electron, once (at most a minute)…\n')
  const code = run(node24, [join(electronFolder, 'install.js')], { quiet: true, timeout: fetchLimitMs })
  if (code !== 0) writeFileSync(triedStamp, '')
  return electronProgram()
}
