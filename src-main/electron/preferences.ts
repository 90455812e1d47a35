import { ipcMain, type Rectangle, screen } from 'electron'
import Store from 'electron-store'
import type { Mode } from './open-companion.ts'

/** What this machine remembers for itself; nothing of the shop stands here. */
interface Preferences {
  readonly mode: Mode
  readonly bounds: Rectangle | null
  readonly maximized: boolean
  /** The first hiding into the tray has been explained. */
  readonly trayExplained: boolean
}

export interface PreferenceStore {
  get<Key extends keyof Preferences>(key: Key): Preferences[Key]
  set(change: Partial<Preferences>): void
}

const side = { type: 'integer', minimum: -100_000, maximum: 100_000 } as const

/** @param folder absolute path; the file is written whole or not at all, and a damaged one falls back to defaults */
export function openPreferences(folder: string): PreferenceStore {
  const store = new Store<Preferences>({
    cwd: folder,
    name: 'host',
    defaults: { mode: 'practice', bounds: null, maximized: false, trayExplained: false },
    clearInvalidConfig: true,
    configFileMode: 0o600,
    schema: {
      mode: { enum: ['practice', 'live'] },
      bounds: {
        type: ['object', 'null'],
        properties: { x: side, y: side, width: side, height: side },
        required: ['x', 'y', 'width', 'height'],
      },
      maximized: { type: 'boolean' },
      trayExplained: { type: 'boolean' },
    },
  })
  // electron-store answers this channel to any frame; our page has no use for it.
  ipcMain.removeAllListeners('electron-store-get-data')
  return {
    get: (key) => store.get(key),
    set: (change) => store.set(change),
  }
}

/** Remembered bounds, unless the screen they were on is gone. */
export function usableBounds(bounds: Rectangle | null): Rectangle | null {
  if (bounds === null) return null
  const { workArea } = screen.getDisplayMatching(bounds)
  const seen =
    bounds.x < workArea.x + workArea.width - 100 &&
    bounds.x + bounds.width > workArea.x + 100 &&
    bounds.y >= workArea.y - 10 &&
    bounds.y < workArea.y + workArea.height - 100
  return seen && bounds.width >= 600 && bounds.height >= 400 ? bounds : null
}
