import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { join } from 'node:path'
import { createContext, runInContext } from 'node:vm'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { ContractRouterClient } from '@orpc/contract'
import type { Contract } from '../../src-preload/contract/index.ts'
import { traversals } from './traversals.ts'

/**
 * Starts the BUILT shell on plain Node with the stand-in in Electron's place, does to it what a hostile page or another
 * program would, and prints what was seen as one line of JSON.
 */
const [folder = '', built = ''] = process.argv.slice(2)
const shimUrl = new URL('./electron-shim.ts', import.meta.url).href

registerHooks({
  resolve: (name, context, next) =>
    name === 'electron' ? { url: shimUrl, shortCircuit: true } : next(name, context),
})

const shim: typeof import('./electron-shim.ts') = await import(shimUrl)
const { seen, place, app, ipcMain, frame } = shim
place.userData = folder
place.appPath = join(built, '..')
await import(join(built, 'main', 'electron.js'))

for (let turn = 0; seen.windows.length === 0 && seen.exits.length === 0 && turn < 400; turn += 1)
  await pause(25)
const [window] = seen.windows
if (window === undefined) throw new Error(`no window: ${seen.errorBoxes.join()}`)
const contents = window.webContents
const { session } = contents
const evil = 'https://evil.test/'
const own = 'kaunta://app/index.html'

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

/** True when the shell held this event up. */
function prevented(
  emitter: { emit(name: string, ...more: unknown[]): boolean },
  name: string,
  url = evil,
): boolean {
  let held = false
  emitter.emit(name, {
    url,
    preventDefault() {
      held = true
    },
  })
  return held
}

async function fetchPage(address: string, method = 'GET') {
  const handler = seen.schemes.get('kaunta')
  if (handler === undefined) return { status: 0, headers: {}, text: '' }
  // Request would tidy the address up; the handler must judge what was asked.
  const request = { url: address, method, headers: new Headers() }
  const reply = await Reflect.apply(handler, undefined, [request])
  return {
    status: reply.status,
    headers: Object.fromEntries(reply.headers),
    text: (await reply.text()).slice(0, 4000),
  }
}

/** Clicks what the tray offers; answers the first words of what was asked, and how often Kaunta quit. */
function clickTray(id: string): readonly [question: string | null, quits: number] {
  const before = seen.questions.length
  const quits = seen.quits
  seen.trayItems.find((item) => item.id === id)?.click?.()
  return [seen.questions[before] ?? null, seen.quits - quits]
}

async function askOverPort() {
  const before = seen.handedOver.length
  ipcMain.emit('ready', { sender: contents, senderFrame: frame('kaunta://app', null) })
  const port = seen.handedOver[before]
  if (port === undefined) return { mode: 'no port', locked: [], open: [] }
  // Node's port is typed apart from the page's, whose shape it has.
  const link = Reflect.construct(RPCLink, [{ port }])
  port.start()
  const client: ContractRouterClient<Contract> = createORPCClient(link)
  const { mode } = await client.live.status()
  await client.staff.lock()
  const locked = [clickTray('switch-mode'), clickTray('quit')]
  await client.staff.signIn({ pin: '2468' })
  return { mode, locked, open: [clickTray('switch-mode')] }
}

function strangers(): Record<string, number> {
  const tries = {
    'no frame': { sender: contents, senderFrame: null },
    'a frame inside the page': { sender: contents, senderFrame: frame('kaunta://app', {}) },
    'a foreign origin': { sender: contents, senderFrame: frame('https://evil.test', null) },
    'a look-alike origin': { sender: contents, senderFrame: frame('kaunta://app.evil.test', null) },
    'another window': { sender: {}, senderFrame: frame('kaunta://app', null) },
  }
  return Object.fromEntries(
    Object.entries(tries).map(([name, event]) => {
      const before = seen.handedOver.length
      ipcMain.emit('ready', event)
      return [name, seen.handedOver.length - before]
    }),
  )
}

/** Runs the built preload with a `require` that knows two names, and lists what the page would get. */
function runPreload() {
  const exposed: Record<string, unknown> = {}
  const heard: string[] = []
  const sent: string[] = []
  const electron = {
    contextBridge: {
      exposeInMainWorld(name: string, value: unknown) {
        exposed[name] = value
      },
    },
    ipcRenderer: {
      on: (channel: string) => void heard.push(channel),
      send: (channel: string) => void sent.push(channel),
    },
  }
  const listeners: ((event: unknown) => void)[] = []
  const page = {
    addEventListener: (_name: string, listener: (event: unknown) => void) => void listeners.push(listener),
    postMessage: () => {},
    location: { origin: 'kaunta://app' },
  }
  const required: string[] = []
  const sandbox = createContext({
    window: page,
    require(name: string) {
      required.push(name)
      if (name !== 'electron') throw new Error(`the preload asks for ${name}`)
      return electron
    },
  })
  runInContext(readFileSync(join(built, 'preload', 'index.cjs'), 'utf8'), sandbox)
  for (const listener of listeners) listener({ source: page, data: 'kaunta:ready' })
  for (const listener of listeners) listener({ source: {}, data: 'kaunta:ready' })
  const value = exposed.kaunta
  return { exposed, frozen: Object.isFrozen(value), heard, sent, required }
}

const requestAnswers: boolean[] = []
for (const permission of [
  'media',
  'geolocation',
  'notifications',
  'midi',
  'clipboard-read',
  'openExternal',
]) {
  session.permissionRequest?.(contents, permission, (given) => requestAnswers.push(given))
}
const cancelled = (url: string) => {
  let cancel = false
  session.beforeRequest?.({ url }, (response) => {
    cancel = response.cancel
  })
  return cancel
}
const outside = [
  'https://developer.safaricom.co.ke/apis',
  'tel:+254712345678',
  'https://evil.test/',
  'http://developer.safaricom.co.ke/',
  'https://developer.safaricom.co.ke.evil.test/',
  'https://developer.safaricom.co.ke@evil.test/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'smb://evil.test/share',
]
const openAnswers = outside.map((url) => contents.openHandler?.({ url })?.action ?? 'no handler')
const pageReply = await fetchPage(own)
const paths = await Promise.all(
  traversals.map(async (address) => ({ address, ...(await fetchPage(address)) })),
)
const answered = await askOverPort()
const refusedStrangers = strangers()
app.emit('second-instance')
const afterSecond = [...window.did]
const closePrevented = prevented(window, 'close')
const facts = {
  sandboxed: seen.sandboxed,
  lockAsked: seen.lockAsked,
  errorBoxes: seen.errorBoxes,
  preferences: window.options.webPreferences,
  loaded: window.loaded,
  privileges: seen.privileges,
  schemes: [...seen.schemes.keys()],
  navigation: {
    away: ['will-navigate', 'will-redirect', 'will-frame-navigate'].map((name) => prevented(contents, name)),
    file: prevented(contents, 'will-navigate', 'file:///etc/passwd'),
    lookAlike: prevented(contents, 'will-navigate', 'kaunta://app.evil.test/'),
    home: prevented(contents, 'will-navigate', own),
  },
  webviewHeld: prevented(contents, 'will-attach-webview'),
  windowOpen: openAnswers,
  opened: seen.opened,
  permissions: {
    requests: requestAnswers,
    check: session.permissionCheck?.() ?? 'no handler',
    device: session.devicePermission?.() ?? 'no handler',
  },
  network: {
    away: cancelled(evil),
    file: cancelled('file:///etc/passwd'),
    home: cancelled(own),
    picture: cancelled('data:image/png;base64,AA'),
  },
  page: pageReply,
  posted: (await fetchPage(own, 'POST')).status,
  paths: paths.map(({ address, status, text }) => ({
    address,
    status,
    leaked: /"name": "kaunta"|root:x:/.test(text),
  })),
  channels: ipcMain.eventNames().map(String),
  answered: answered.mode,
  tray: { locked: answered.locked, open: answered.open },
  strangers: refusedStrangers,
  preload: runPreload(),
  menuBar: seen.menuBar,
  trays: seen.trays,
  second: afterSecond,
  close: { held: closePrevented, did: window.did.slice(afterSecond.length), notices: seen.notices.length },
  electron: JSON.parse(readFileSync(join(built, '..', 'package.json'), 'utf8')).devDependencies.electron,
}
app.quit()
const quitAtOnce = seen.quits
for (let turn = 0; seen.quits === 0 && turn < 400; turn += 1) await pause(25)
process.stdout.write(`${JSON.stringify({ ...facts, quit: { atOnce: quitAtOnce, inTheEnd: seen.quits } })}\n`)
process.exit(0)
