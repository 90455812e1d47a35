import { join } from 'node:path'
import { app, dialog, Notification } from 'electron'
import type { Sentence } from '../../src-preload/contract/paging.ts'
import type { Companion } from '../companion.ts'
import { prepareFolder } from '../database/open.ts'
import { KauntaError } from '../problem.ts'
import { hideOnClose, quitWhenSettled, startAgainOnFault } from './ending.ts'
import { guardEverything } from './guards.ts'
import { openMenuOnRightClick, type ShellActions, setMenuBar } from './menu.ts'
import { serveMessagePort } from './message-port.ts'
import type { DesktopHost } from './open-companion.ts'
import { declarePageScheme, servePages } from './page-protocol.ts'
import { openPreferences, type PreferenceStore } from './preferences.ts'
import { switchMode } from './switch-mode.ts'
import { openTray } from './tray.ts'
import { bringToFront, openWindow } from './window.ts'
import { machineLanguage, shellWords } from './words.ts'

export interface ShellOptions {
  /** Absolute path of the folder with the built `preload` and `renderer`. */
  readonly built: string
  /** Absolute path of pictures and sounds. */
  readonly resources: string
  /** @param restore put the newest good snapshot in place of a damaged file */
  readonly openCompanion: (host: DesktopHost, restore: boolean) => Promise<Companion>
}

type Language = keyof Sentence

function notifier(language: Language): (notice: Sentence) => void {
  return (notice) => {
    if (Notification.isSupported()) new Notification({ title: 'Kaunta', body: notice[language] }).show()
  }
}

function describeHost(preferences: PreferenceStore, language: Language): DesktopHost {
  return {
    folder: app.getPath('userData'),
    version: app.getVersion(),
    mode: preferences.get('mode'),
    notify: notifier(language),
  }
}

function openScreens(
  options: ShellOptions,
  companion: Companion,
  host: DesktopHost,
  { preferences, language }: { readonly preferences: PreferenceStore; readonly language: Language },
): void {
  servePages(join(options.built, 'renderer'))
  const window = openWindow({
    preload: join(options.built, 'preload', 'index.cjs'),
    devTools: !app.isPackaged,
    preferences,
  })
  const isQuitting = quitWhenSettled(companion, window)
  const page = serveMessagePort(window.webContents, companion)
  const show = () => bringToFront(window)
  // Whoever passes a locked counter neither ends it nor puts another in its place.
  const unlocked = (act: () => void) => () => {
    if (!page.locked()) return act()
    show()
    void dialog.showMessageBox(window, { type: 'info', message: shellWords.unlockFirst[language] })
  }
  const actions: ShellActions = {
    language,
    mode: host.mode,
    show,
    switchMode: unlocked(() => void switchMode(window, preferences, language)),
    quit: unlocked(() => app.quit()),
  }
  setMenuBar(process.platform, actions)
  openMenuOnRightClick(window, actions)
  const tray = openTray(join(options.resources, 'tray.png'), actions)
  if (tray !== null) hideOnClose(window, isQuitting, preferences, host.notify)
  app.on('second-instance', actions.show)
  app.on('activate', actions.show)
  app.on('window-all-closed', () => app.quit())
}

/** Opens the companion; of a damaged file it says so and offers the newest good copy, if there is one. */
async function openOrOffer(
  options: ShellOptions,
  host: DesktopHost,
  language: Language,
): Promise<Companion | null> {
  try {
    return await options.openCompanion(host, false)
  } catch (error) {
    if (!(error instanceof KauntaError) || error.code !== 'DATABASE_DAMAGED') throw error
    if (error.values.snapshot === '–') throw error
    const { response } = await dialog.showMessageBox({
      type: 'error',
      message: shellWords.cannotStart[language],
      detail: error.sentence()[language],
      buttons: [shellWords.quit[language], shellWords.useCopy[language]],
      defaultId: 0,
      cancelId: 0,
      noLink: true,
    })
    return response === 1 ? options.openCompanion(host, true) : null
  }
}

function explainFailure(error: unknown, language: Language): void {
  const words = error instanceof KauntaError ? error.sentence()[language] : String(error)
  dialog.showErrorBox(shellWords.cannotStart[language], words)
}

/**
 * Starts the window and everything behind it, unless Kaunta runs already: then that one is shown.
 * Must be called before Electron is ready, since schemes and sandbox can be set only until then.
 */
export async function startShell(options: ShellOptions): Promise<void> {
  if (!app.requestSingleInstanceLock()) {
    app.quit()
    return
  }
  app.enableSandbox()
  app.setAppUserModelId('tz.kaunta.desktop')
  declarePageScheme()
  guardEverything(app)
  await app.whenReady()
  const language = machineLanguage(app.getPreferredSystemLanguages())
  try {
    // Whatever is written from here on is this user's alone.
    process.umask(0o077)
    prepareFolder(app.getPath('userData'))
    const preferences = openPreferences(app.getPath('userData'))
    const host = describeHost(preferences, language)
    const companion = await openOrOffer(options, host, language)
    if (companion === null) {
      app.exit(1)
      return
    }
    startAgainOnFault(companion, language)
    openScreens(options, companion, host, { preferences, language })
  } catch (error) {
    explainFailure(error, language)
    app.exit(1)
  }
}
