import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { judgeRuntimeOnce } from './runtime.mjs'

/** Everything here runs on the host's Node (20.19 or newer) before anything is installed: no package may be imported. */

export const root = fileURLToPath(new URL('..', import.meta.url))
const windows = process.platform === 'win32'

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`Kaunta needs Node 20.19 or newer to start, and this is ${process.version}.\n`)
  process.exit(1)
}

/** Node 24, which npm installs as a package; the host's own may be older. */
export const node24 = join(root, 'node_modules', 'node', 'bin', windows ? 'node.exe' : 'node')

/**
 * The browser door. V8 lets the space for young objects grow to 16 MB in the first second and never gives it back; a till,
 * which has a few calls a second, collects a little more often instead (11 MB less on an idle one).
 */
export const browserDoor = ['--max-semi-space-size=1', join(root, 'out', 'main', 'server.js')]

/** The environment of every tool: Node 24 first, so that a tool which starts `node` gets it too. */
export function toolEnvironment(extra = {}) {
  const path = [join(root, 'node_modules', '.bin'), process.env.PATH ?? ''].join(delimiter)
  return { ...process.env, ...extra, PATH: path }
}

/** The JavaScript file behind a command of node_modules, so that no shell is needed on any system. */
export function toolFile(packageName, command = packageName) {
  const folder = join(root, 'node_modules', packageName)
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  return join(folder, typeof bin === 'string' ? bin : bin[command])
}

/** Runs a program to its end; answers its exit code. `quiet` sends what it prints to our standard error. */
export function run(program, args, { quiet = false, env = {}, timeout } = {}) {
  const output = quiet ? process.stderr.fd : 'inherit'
  const done = spawnSync(program, args, {
    cwd: root,
    env: toolEnvironment(env),
    stdio: ['ignore', output, 'inherit'],
    ...(timeout === undefined ? {} : { timeout }),
  })
  if (done.error) process.stderr.write(`${program}: ${done.error.message}\n`)
  return done.status ?? 1
}

/** Runs a program beside others; answers its exit code and all that it printed, in the order it came. */
export function runBeside(program, args, { env = {} } = {}) {
  const child = spawn(program, args, {
    cwd: root,
    env: toolEnvironment(env),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => {
      output += text
    })
  return new Promise((resolve) => {
    child.once('error', (error) => {
      output += `${program}: ${error.message}\n`
      resolve({ code: 1, output })
    })
    child.once('close', (code) => resolve({ code: code ?? 1, output }))
  })
}

/** Installs what is missing: node_modules must hold every package of the lock file in its version. */
export function ensureInstalled({ quiet = false } = {}) {
  if (isInstalled()) {
    checkRuntime()
    return
  }
  process.stderr.write('Installing what Kaunta needs (npm ci)…\n')
  const npm = npmCommand()
  const code = run(npm.program, [...npm.args, 'ci'], { quiet, env: { npm_config_loglevel: 'error' } })
  if (code !== 0) {
    process.stderr.write('npm ci failed (see above). Check the network, then run the same command again.\n')
    process.exit(code)
  }
  checkRuntime()
}

/** Nothing runs on a program that is not the one that was looked at. */
function checkRuntime() {
  const platform = `${process.platform}-${process.arch}`
  const judged = judgeRuntimeOnce(node24, platform, join(root, 'node_modules', '.node-checked'))
  if (judged === 'unknown')
    process.stderr.write(`No hash is known of Node 24 for ${platform}: it is used unchecked.\n`)
  if (judged !== 'wrong') return
  process.stderr.write(
    `${node24} is not the Node that Kaunta was tried with, and was not started. Remove node_modules and run the same command again; if it stays so, do not trust where it comes from.\n`,
  )
  process.exit(1)
}

/** npm as a JavaScript file when npm started us; else the command, which only a shell finds on Windows. */
function npmCommand() {
  const file = process.env.npm_execpath
  if (file?.endsWith('.js')) return { program: process.execPath, args: [file] }
  return windows ? { program: 'cmd.exe', args: ['/d', '/c', 'npm'] } : { program: 'npm', args: [] }
}

/** npm writes node_modules/.package-lock.json when an install is complete: it serves as the stamp. */
function isInstalled() {
  const stamp = join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(stamp) || !existsSync(node24)) return false
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages
  const present = JSON.parse(readFileSync(stamp, 'utf8')).packages
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true
    const found = present[path]
    if (found === undefined) return entry.optional === true || entry.devOptional === true
    return found.version === entry.version
  })
}

/** Starts a program in the foreground, passes signals on to it and ends as it ends. */
export function become(program, args, env = {}) {
  const child = spawn(program, args, { cwd: root, env: toolEnvironment(env), stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => {
    process.stderr.write(`${program}: ${error.message}\n`)
    process.exit(1)
  })
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1)
    process.removeAllListeners(signal)
    process.kill(process.pid, signal)
  })
}
