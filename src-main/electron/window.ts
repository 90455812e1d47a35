import { BrowserWindow, type WebPreferences } from 'electron'
import { pageAddress } from './page-address.ts'
import { type PreferenceStore, usableBounds } from './preferences.ts'

/** Most are Electron's defaults; said aloud, so that a changed default changes nothing here. */
function webPreferences(preload: string, devTools: boolean): WebPreferences {
  return {
    preload,
    devTools,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    // Chromium would fetch dictionaries from the network.
    spellcheck: false,
    // Middle clicks open no windows.
    disableBlinkFeatures: 'Auxclick',
  }
}

/** Ctrl with plus, minus and zero; there is no menu bar that could hold them. */
function zoomByKeyboard(window: BrowserWindow): void {
  const { webContents } = window
  webContents.on('before-input-event', (event, input) => {
    if (input.type !== 'keyDown' || !(input.control || input.meta) || input.alt) return
    const step = new Map([
      ['+', 1],
      ['=', 1],
      ['-', -1],
      ['0', 0],
    ]).get(input.key)
    if (step === undefined) return
    event.preventDefault()
    const level = step === 0 ? 0 : webContents.getZoomLevel() + step
    webContents.setZoomLevel(Math.max(-3, Math.min(5, level)))
  })
}

export interface WindowOptions {
  /** Absolute path of the built preload script. */
  readonly preload: string
  readonly devTools: boolean
  readonly preferences: PreferenceStore
}

/** Opens Kaunta's one window on its page, where it stood the last time. */
export function openWindow({ preload, devTools, preferences }: WindowOptions): BrowserWindow {
  const bounds = usableBounds(preferences.get('bounds'))
  const window = new BrowserWindow({
    ...(bounds ?? { width: 1366, height: 768 }),
    minWidth: 600,
    minHeight: 400,
    show: false,
    title: 'Kaunta',
    webPreferences: webPreferences(preload, devTools),
  })
  zoomByKeyboard(window)
  if (preferences.get('maximized')) window.maximize()
  window.once('ready-to-show', () => window.show())
  const remember = () =>
    preferences.set({ bounds: window.getNormalBounds(), maximized: window.isMaximized() })
  window.on('close', remember)
  window.on('hide', remember)
  // A page that failed to load says so itself; there is nobody else to tell.
  window.loadURL(pageAddress).catch(() => {})
  return window
}

export function bringToFront(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}
