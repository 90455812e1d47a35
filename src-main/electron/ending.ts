import { app, type BrowserWindow, dialog, powerMonitor } from 'electron'
import type { Sentence } from '../../src-preload/contract/paging.ts'
import type { Companion } from '../companion.ts'
import type { PreferenceStore } from './preferences.ts'
import { shellWords } from './words.ts'

/** Milliseconds that running work gets to end when Kaunta is quit. */
const settleMs = 5_000

/** Quitting waits for the outbox to settle; answers whether it has begun. */
export function quitWhenSettled(companion: Companion, window: BrowserWindow): () => boolean {
  let ending: Promise<void> | null = null
  let ended = false
  const end = async () => {
    try {
      await companion.settle(settleMs)
    } finally {
      await companion.close()
    }
  }
  app.on('before-quit', (event) => {
    if (ended) return
    event.preventDefault()
    // A person who quits sees it happen; the calls in flight end behind it.
    window.hide()
    // What did not settle is carried on at the next start; a failure to close must not keep the machine from shutting down.
    ending ??= end()
      .catch(() => {})
      .then(() => {
        ended = true
        app.quit()
      })
  })
  powerMonitor.on('shutdown', () => app.quit())
  return () => ending !== null
}

/** Closing the window leaves Kaunta sending behind its tray icon, and says so the first time. */
export function hideOnClose(
  window: BrowserWindow,
  isQuitting: () => boolean,
  preferences: PreferenceStore,
  notify: (notice: Sentence) => void,
): void {
  window.on('close', (event) => {
    if (isQuitting()) return
    event.preventDefault()
    window.hide()
    if (preferences.get('trayExplained')) return
    preferences.set({ trayExplained: true })
    notify(shellWords.stillRunning)
  })
}

/** After an error that nobody foresaw nothing in memory can be trusted; the next start takes up what is on disk. */
export function endOnFault(companion: Companion, language: keyof Sentence): void {
  process.on('uncaughtException', (error) => {
    companion.context({ kind: 'screen' }).report(error)
    dialog.showErrorBox(shellWords.stopped[language], shellWords.startAgain[language])
    app.exit(1)
  })
}
