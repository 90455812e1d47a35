import { EventEmitter } from 'node:events'
import { MessageChannel, type MessagePort } from 'node:worker_threads'

/**
 * A small stand-in for Electron's API, for the built shell on plain Node: it does nothing and remembers everything.
 * Only what the shell uses; a call to anything else fails loudly.
 */
interface TrayItem {
  readonly id?: string
  readonly click?: () => void
}

interface Seen {
  sandboxed: boolean
  lockAsked: number
  quits: number
  relaunches: number
  trays: number
  menuBar: unknown
  trayItems: readonly TrayItem[]
  readonly questions: string[]
  readonly exits: number[]
  readonly errorBoxes: string[]
  readonly opened: string[]
  readonly notices: string[]
  readonly privileges: unknown[]
  readonly windows: BrowserWindow[]
  readonly schemes: Map<string, (request: Request) => Promise<Response>>
  readonly handedOver: MessagePort[]
}

export const seen: Seen = {
  sandboxed: false,
  lockAsked: 0,
  quits: 0,
  relaunches: 0,
  trays: 0,
  menuBar: 'not set',
  trayItems: [],
  questions: [],
  exits: [],
  errorBoxes: [],
  opened: [],
  notices: [],
  privileges: [],
  windows: [],
  schemes: new Map(),
  handedOver: [],
}

/** Where this run's `userData` lies; the runner says it before the shell is loaded. */
export const place = { userData: '', appPath: '' }

class App extends EventEmitter {
  readonly isPackaged = false
  readonly name = 'kaunta'
  requestSingleInstanceLock(): boolean {
    seen.lockAsked += 1
    return true
  }
  enableSandbox(): void {
    seen.sandboxed = true
  }
  setAppUserModelId(): void {}
  whenReady = () => Promise.resolve()
  getPath = () => place.userData
  getAppPath = () => place.appPath
  getVersion = () => '0.0.0'
  getPreferredSystemLanguages = () => ['sw-TZ']
  relaunch(): void {
    seen.relaunches += 1
  }
  exit(code: number): void {
    seen.exits.push(code)
  }
  quit(): void {
    const event = {
      prevented: false,
      preventDefault() {
        event.prevented = true
      },
    }
    this.emit('before-quit', event)
    if (!event.prevented) seen.quits += 1
  }
}
export const app = new App()

class Session {
  permissionRequest:
    | ((contents: unknown, permission: string, answer: (given: boolean) => void) => void)
    | null = null
  permissionCheck: (() => boolean) | null = null
  devicePermission: (() => boolean) | null = null
  beforeRequest:
    | ((details: { url: string }, answer: (response: { cancel: boolean }) => void) => void)
    | null = null
  readonly webRequest = {
    onBeforeRequest: (listener: NonNullable<Session['beforeRequest']>) => {
      this.beforeRequest = listener
    },
  }
  setPermissionRequestHandler(handler: NonNullable<Session['permissionRequest']>): void {
    this.permissionRequest = handler
  }
  setPermissionCheckHandler(handler: () => boolean): void {
    this.permissionCheck = handler
  }
  setDevicePermissionHandler(handler: () => boolean): void {
    this.devicePermission = handler
  }
}

export class WebContents extends EventEmitter {
  readonly session = new Session()
  openHandler: ((details: { url: string }) => { action: string }) | null = null
  setWindowOpenHandler(handler: NonNullable<WebContents['openHandler']>): void {
    this.openHandler = handler
  }
  getZoomLevel = () => 0
  setZoomLevel(): void {}
}

export class BrowserWindow extends EventEmitter {
  readonly options: Record<string, unknown>
  readonly webContents = new WebContents()
  readonly did: string[] = []
  loaded = ''
  constructor(options: Record<string, unknown>) {
    super()
    this.options = options
    seen.windows.push(this)
    app.emit('web-contents-created', {}, this.webContents)
  }
  loadURL(url: string): Promise<void> {
    this.loaded = url
    return Promise.resolve()
  }
  show = () => void this.did.push('show')
  hide = () => void this.did.push('hide')
  focus = () => void this.did.push('focus')
  maximize = () => void this.did.push('maximize')
  restore = () => void this.did.push('restore')
  isMinimized = () => false
  isMaximized = () => false
  getNormalBounds = () => ({ x: 0, y: 0, width: 1366, height: 768 })
}

export const ipcMain = new EventEmitter()

/** Electron's port is an emitter of events with `data`; the page's end is an ordinary port. */
class MessagePortMain extends EventEmitter {
  readonly inner: MessagePort
  constructor(inner: MessagePort) {
    super()
    this.inner = inner
  }
  start(): void {
    this.inner.on('message', (data: unknown) => this.emit('message', { data, ports: [] }))
    this.inner.on('close', () => this.emit('close'))
  }
  postMessage(data: unknown): void {
    this.inner.postMessage(data)
  }
  close(): void {
    this.inner.close()
  }
}

export class MessageChannelMain {
  readonly port1: MessagePortMain
  readonly port2: MessagePortMain
  constructor() {
    const { port1, port2 } = new MessageChannel()
    this.port1 = new MessagePortMain(port1)
    this.port2 = new MessagePortMain(port2)
  }
}

/** A frame as the shell judges it; what is posted to it are the ports it was handed. */
export function frame(origin: string, parent: object | null) {
  return {
    origin,
    parent,
    postMessage: (_channel: string, _message: unknown, ports: readonly MessagePortMain[]) => {
      seen.handedOver.push(...ports.map((port) => port.inner))
    },
  }
}

export const protocol = {
  registerSchemesAsPrivileged: (schemes: readonly unknown[]) => void seen.privileges.push(...schemes),
  handle: (scheme: string, handler: (request: Request) => Promise<Response>) =>
    void seen.schemes.set(scheme, handler),
}

export const dialog = {
  showErrorBox: (title: string, words: string) => void seen.errorBoxes.push(`${title}: ${words}`),
  showMessageBox(_window: unknown, { message }: { readonly message: string }) {
    seen.questions.push(message)
    return Promise.resolve({ response: 0 })
  },
}

export const Menu = {
  setApplicationMenu(menu: unknown): void {
    seen.menuBar = menu
  },
  buildFromTemplate: (template: readonly unknown[]) => ({ template, popup: () => {} }),
}

export class Tray extends EventEmitter {
  constructor() {
    super()
    seen.trays += 1
  }
  setToolTip(): void {}
  setContextMenu({ template }: { readonly template: readonly TrayItem[] }): void {
    seen.trayItems = template
  }
}

export class Notification {
  readonly body: string
  constructor({ body }: { readonly body: string }) {
    this.body = body
  }
  static isSupported = () => true
  show(): void {
    seen.notices.push(this.body)
  }
}

export const nativeImage = { createFromPath: (path: string) => ({ path }) }
export const powerMonitor = new EventEmitter()
export const screen = { getDisplayMatching: () => ({ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }) }
export const shell = {
  openExternal(url: string): Promise<void> {
    seen.opened.push(url)
    return Promise.resolve()
  },
}

export default {
  app,
  ipcMain,
  shell,
  dialog,
  screen,
  Menu,
  Tray,
  Notification,
  BrowserWindow,
  protocol,
  nativeImage,
  powerMonitor,
}
