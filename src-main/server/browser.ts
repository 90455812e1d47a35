import { spawn } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** As long as the address in it works. */
const lifeMs = 60_000

/**
 * Opens an address in the person's browser by way of a small file that only he can read: other users of the machine can
 * read every program's arguments. A machine without a browser is no fault: the address stands in the terminal.
 * @param folder absolute path of the data folder
 */
export function showInBrowser(folder: string, url: string): void {
  const file = join(folder, 'open.html')
  rmSync(file, { force: true })
  const page = `<!doctype html><meta charset="utf-8"><meta name="referrer" content="no-referrer"><meta http-equiv="refresh" content="0;url=${url}"><title>Kaunta</title>`
  writeFileSync(file, page, { mode: 0o600, flag: 'wx' })
  setTimeout(() => rmSync(file, { force: true }), lifeMs).unref()
  const [program, ...before] =
    process.platform === 'darwin'
      ? ['open']
      : process.platform === 'win32'
        ? ['cmd', '/c', 'start', '']
        : ['xdg-open']
  const child = spawn(program ?? 'xdg-open', [...before, file], { stdio: 'ignore', detached: true })
  child.on('error', () => {})
  child.unref()
}
